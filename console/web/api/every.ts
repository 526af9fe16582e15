import { onScopeDispose } from 'vue';

/** Does something again and again while somebody looks at the page, until it is left. */
export function useEvery(ms: number, act: () => void): void {
  const timer = window.setInterval(() => document.hidden || act(), ms);
  onScopeDispose(() => window.clearInterval(timer));
}
