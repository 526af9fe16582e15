import type { Player } from '../region.ts';
import { frontdb } from './frontdb.ts';
import { gjzwfwpt } from './gjzwfwpt.ts';
import { guizhouLike } from './guizhou-like.ts';
import { mohurdLike } from './mohurd-like.ts';
import { nmg } from './nmg.ts';
import { shandongLike } from './shandong-like.ts';

/** Every region that can be played, by the name of its interface profile. */
export const players: ReadonlyMap<string, Player> = new Map([nmg, guizhouLike, gjzwfwpt, shandongLike, mohurdLike, frontdb('frontdb-mariadb'), frontdb('frontdb-postgres')].map((player) => [player.name, player]));
