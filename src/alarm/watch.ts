import type { Alarm, AlarmStore, Digest, Messenger } from '../port/alarm.ts';
import type { Clock } from '../port/clock.ts';
import type { Log } from '../port/log.ts';
import type { AlarmSetting } from '../record/alarm-rule.ts';
import { conditionsOf, type Situation } from './conditions.ts';

/** What watching needs. */
export interface Watching {
  readonly setting: () => AlarmSetting;
  readonly situation: () => Promise<Situation>;
  readonly store: AlarmStore;
  readonly messengers: () => readonly Messenger[];
  readonly digest: (opened: readonly Alarm[], ended: readonly Alarm[]) => Digest;
  readonly clock: Clock;
  readonly log: Log;
}

const everyMs = 60_000;

/**
 * Looks each minute. The console shows an alarm at once; messages are gathered: the first goes at once, then one in
 * `digestMinutes`, however much has happened, so that a bad night brings a few messages and not seven hundred.
 */
export async function watchAlarms(watching: Watching, signal: AbortSignal): Promise<void> {
  const gathered = new Gathered(watching);
  while (!signal.aborted) {
    await gathered.look();
    await watching.clock.rest(everyMs, signal);
  }
}

/** What has not been told yet. */
export class Gathered {
  readonly #watching: Watching;
  #opened = new Map<number, Alarm>();
  #ended = new Map<number, Alarm>();
  #toldAt = Number.NEGATIVE_INFINITY;

  constructor(watching: Watching) {
    this.#watching = watching;
  }

  /** One look; never rejects, for the next must come. */
  async look(): Promise<void> {
    const { setting, situation, store, clock, log } = this.#watching;
    try {
      const now = await situation();
      const { opened, ended } = await store.meet(conditionsOf(now, setting().rules), now.at);
      for (const one of opened) {
        log.warn('ALARM', { rule: one.rule, kind: one.kind, subject: one.subject, severity: one.severity });
        this.#opened.set(one.id, one);
      }
      // What opened and ended before anybody was told needs no message.
      for (const one of ended) if (!this.#opened.delete(one.id)) this.#ended.set(one.id, one);
      if (this.#opened.size + this.#ended.size > 0 && clock.wallMs() - this.#toldAt >= setting().digestMinutes * 60_000) await this.#tell();
    } catch (cause) {
      log.error('ALARMS_UNSEEN', { reason: cause instanceof Error ? cause.name : 'unknown' });
    }
  }

  async #tell(): Promise<void> {
    const { messengers, digest, clock, log } = this.#watching;
    const message = digest([...this.#opened.values()], [...this.#ended.values()]);
    this.#toldAt = clock.wallMs();
    const sent = await Promise.allSettled(messengers().map((one) => one.send(message)));
    const failed = sent.filter((one) => one.status === 'rejected').length;
    if (failed > 0) log.error('ALARM_UNSENT', { failed, alarms: message.alarms.length });
    // What nobody has taken is told again with the next digest.
    if (sent.length > 0 && failed === sent.length) return;
    this.#opened = new Map();
    this.#ended = new Map();
  }
}
