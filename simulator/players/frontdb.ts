import { answer } from '../answer.ts';
import type { Player } from '../region.ts';

/** A region that speaks no HTTP: rows come through an exchange database, which `frontdb/poller.ts` empties. */
export const frontdb = (name: string): Player => ({
  name,
  repeats: 'twice',
  pushedTo: () => null,
  open: () => false,
  answer: () => answer(404, '[地址]数据经前置库交换'),
});
