import { createRouter, createWebHashHistory } from 'vue-router';
import { sections } from './sections.ts';

// Addresses live behind the hash: a record's key is never sent to a server or a proxy that writes addresses down.
export const router = createRouter({
  history: createWebHashHistory(),
  routes: [
    ...sections.flatMap(({ name, path, page, below }) => [
      { name, path, component: page, meta: { section: name } },
      ...(below ?? []).map((tail) => ({ path: `${path}/${tail}`, component: page, meta: { section: name } })),
    ]),
    { path: '/account', name: 'account', component: () => import('../pages/account/page.vue'), meta: { section: 'account' } },
    { path: '/:rest(.*)*', name: 'lost', component: () => import('../pages/lost.vue') },
  ],
  scrollBehavior: () => ({ top: 0 }),
});
