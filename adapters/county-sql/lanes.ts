import { Failure } from '../../src/record/failure.ts';
import type { Engine, Session } from './engine.ts';

/** One connection of a source. */
export interface Lane {
  readonly session: Session;
  /** Opens a read-only view of this moment, where the engine has one. */
  readonly begin: () => Promise<void>;
  readonly end: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface LanesSetting {
  readonly open: () => Promise<Lane>;
  /** Connections at a time. */
  readonly most: number;
  /** Whether the connection was lost, so that the same may be asked again over another one. */
  readonly lost: (cause: unknown) => boolean;
  /** What a person must mend; anything that is no answer of the database comes back as it is. */
  readonly told: (cause: unknown) => unknown;
}

/**
 * The one or two connections of a source: opened when first needed, queued for, and dropped after any fault. A question whose
 * connection was lost (a firewall that forgets quiet ones, a restarted server) is asked once more over a new one: reading changes nothing.
 */
export function lanesOf({ open, most, lost, told }: LanesSetting): Pick<Engine, 'ask' | 'close'> {
  const idle: Lane[] = [];
  const waiting: (() => void)[] = [];
  let taken = 0;
  let closed = false;

  const ask = async <T>(work: (session: Session) => Promise<T>): Promise<T> => {
    await room();
    try {
      return await tried(work, true);
    } finally {
      taken -= 1;
      waiting.shift()?.();
    }
  };
  const room = async (): Promise<void> => {
    if (closed) throw new Failure('SOURCE_CLOSED');
    while (taken >= most) {
      await new Promise<void>((free) => {
        waiting.push(free);
      });
    }
    taken += 1;
  };
  const tried = async <T>(work: (session: Session) => Promise<T>, again: boolean): Promise<T> => {
    let lane: Lane | undefined;
    try {
      lane = idle.pop() ?? await open();
      await lane.begin();
      const result = await work(lane.session);
      await lane.end();
      if (closed) await dropped(lane);
      else idle.push(lane);
      return result;
    } catch (cause) {
      if (lane !== undefined) await dropped(lane);
      if (lane === undefined || !again || !lost(cause)) throw told(cause);
      await Promise.all(idle.splice(0).map(dropped));
      return tried(work, false);
    }
  };
  return {
    ask,
    close: async () => {
      closed = true;
      await Promise.all(idle.splice(0).map(dropped));
    },
  };
}

/** A connection that is beyond use may also be beyond closing. */
async function dropped(lane: Lane): Promise<void> {
  await lane.close().catch(() => undefined);
}
