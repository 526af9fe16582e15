import { identityOfSession } from '../access/sessions.ts';
import { whoOf, type Answer, type Asked, type Handlers } from '../asked.ts';
import { Refusal } from '../refusal.ts';
import type { World } from '../world.ts';
import { progressOf } from './jobs.ts';
import { shownOverview, type OverviewFigures } from './overview.ts';

const everyMs = 1_000;
/** So often something is said, so that nobody in between takes the line for dead. */
const breathTurns = 15;
const mostStreams = 48;

/** Live figures for the pages: an event when something has moved, at most each second, for as long as the session lives. */
export function streamRoutes(world: World, figures: () => Promise<OverviewFigures>): Handlers {
  let open = 0;
  return {
    reads: {
      getStream: async (asked) => {
        if (open >= mostStreams) throw new Refusal(503, 'TOO_MANY_STREAMS', { most: mostStreams });
        open += 1;
        void follow(asked, world, figures).finally(() => {
          open -= 1;
        });
        return { taken: true } satisfies Answer;
      },
    },
  };
}

async function follow(asked: Asked, world: World, figures: () => Promise<OverviewFigures>): Promise<void> {
  const { response } = asked;
  const { session } = whoOf(asked);
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
  const last = new Map<string, string>();
  const say = (event: string, value: unknown, kept: unknown = value): void => {
    const mark = JSON.stringify(kept);
    if (last.get(event) === mark) return;
    last.set(event, mark);
    response.write(`event: ${event}\ndata: ${JSON.stringify(value)}\n\n`);
  };
  try {
    for (let turn = 0; !gone.signal.aborted; turn += 1) {
      const shown = shownOverview(await figures(), world, asked.texts);
      say('overview', shown, { ...shown, at: 0 });
      say('alarms', { open: (shown['alarms'] as { readonly open: number }).open });
      const running = world.duty.progress();
      if (running !== null) say('run', progressOf(running.job, null, world));
      if (turn % breathTurns === breathTurns - 1) response.write(': here\n\n');
      if (await identityOfSession(session.hash, world) === null) {
        say('ended', {});
        break;
      }
      await world.clock.rest(everyMs, gone.signal);
    }
  } catch {
    world.log('STREAM_BROKEN', { operation: 'getStream' });
  }
  response.end();
}
