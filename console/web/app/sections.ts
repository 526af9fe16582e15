import type { Component } from 'vue';

/** One page of the console: its address, its permission (as the server names it), and its code, fetched when somebody goes there. */
export interface Section {
  readonly name: string;
  readonly path: string;
  /** Any of these opens it; the server judges each request by itself. */
  readonly permissions: readonly string[];
  readonly group: 'watch' | 'work' | 'account';
  readonly page: () => Promise<{ readonly default: Component }>;
  /** Addresses under it that show the same page with something opened. */
  readonly below?: readonly string[];
}

/** In the order of the menu. */
export const sections: readonly Section[] = [
  { name: 'overview', path: '/', permissions: ['figures.read'], group: 'watch', page: () => import('../pages/overview/page.vue') },
  { name: 'jobs', path: '/jobs', permissions: ['figures.read'], group: 'watch', page: () => import('../pages/jobs/page.vue') },
  { name: 'alarms', path: '/alarms', permissions: ['alarms.read'], group: 'watch', page: () => import('../pages/alarms/page.vue') },
  { name: 'data', path: '/data', permissions: ['data.read'], group: 'work', page: () => import('../pages/data/page.vue'), below: [':record(\\d+)'] },
  { name: 'quarantine', path: '/quarantine', permissions: ['data.read'], group: 'work', page: () => import('../pages/quarantine/page.vue') },
  { name: 'conflicts', path: '/conflicts', permissions: ['data.read'], group: 'work', page: () => import('../pages/conflicts/page.vue') },
  { name: 'mappings', path: '/mappings', permissions: ['data.read'], group: 'work', page: () => import('../pages/mappings/page.vue'), below: [':dataset', 'codes/:table'] },
  { name: 'comparisons', path: '/comparisons', permissions: ['figures.read'], group: 'work', page: () => import('../pages/comparisons/page.vue'), below: [':comparison(\\d+)'] },
  { name: 'quality', path: '/quality', permissions: ['figures.read'], group: 'work', page: () => import('../pages/quality/page.vue') },
  { name: 'indicators', path: '/indicators', permissions: ['figures.read'], group: 'work', page: () => import('../pages/indicators/page.vue') },
  { name: 'unmaskings', path: '/unmaskings', permissions: ['unmask.approve', 'unmask.request'], group: 'account', page: () => import('../pages/unmaskings/page.vue') },
  { name: 'audit', path: '/audit', permissions: ['audit.read', 'audit.auditors'], group: 'account', page: () => import('../pages/audit/page.vue') },
  { name: 'accounts', path: '/accounts', permissions: ['accounts.read'], group: 'account', page: () => import('../pages/accounts/page.vue') },
  { name: 'system', path: '/system', permissions: ['system.read'], group: 'account', page: () => import('../pages/system/page.vue') },
];

/** Where somebody lands who signs in: the first page their role opens. */
export function landing(may: (...permissions: readonly string[]) => boolean): string {
  return sections.find((one) => may(...one.permissions))?.path ?? '/account';
}
