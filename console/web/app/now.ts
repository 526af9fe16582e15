import { readonly, ref, type Ref } from 'vue';

const now = ref(Date.now());
setInterval(() => (now.value = Date.now()), 15_000);

/** The moment by this machine's clock, moved on every 15 s for whoever shows an age. */
export function useNow(): Readonly<Ref<number>> {
  return readonly(now);
}
