import { expect } from 'chai';
import type { Clock } from '../../src/port/clock.ts';
import type { Call, Illness } from '../fakes/region-in-memory.ts';
import { inVirtualTime, monday } from '../fakes/virtual-time.ts';
import { standingService, type Held, type StandingService } from './standing-service.ts';

const minuteMs = 60_000;
const dayMs = 1_440 * minuteMs;
const model = 'mappings/region/model/interface.yaml';

/** What goes wrong at the region, by the hour of the day since it began. */
const illnesses: Readonly<Record<number, (call: Call) => Illness | null>> = {
  2: () => ({ kind: 'lost-before' }),
  3: () => ({ kind: 'lost-before' }),
  5: ({ nth }) => (nth % 2 === 0 ? { kind: 'lost-after' } : null),
  6: ({ nth }) => (nth % 3 === 0 ? { kind: 'later', restMs: 20_000 } : null),
  7: () => ({ kind: 'denied' }),
  8: () => ({ kind: 'throws' }),
  9: ({ kind }) => (kind === 'push' ? { kind: 'receipts', change: () => [] } : null),
};

describe('a service that stands for days', () => {
  it('holds no timer, listener, statement, temporary table or connection more after twice as many runs, whatever went wrong in them', async function () {
    this.timeout(120_000);
    await inVirtualTime(async (clock, waiting) => {
      const service = await standingService(clock, waiting);
      try {
        const [once, twice] = [await dayOf(service, clock), await dayOf(service, clock)];
        expect(once.runs).to.be.at.least(400);
        expect(twice.runs).to.be.at.least(2 * once.runs - 5);
        expect(service.ended).to.include.members(['done', 'pending', 'stopped', 'REGION_DENIED', 'UNFORESEEN', 'OUTSIDE_WINDOW', 'OVER_BUDGET', 'GATE_HELD']);
        expect(service.log.lines.filter((line) => line.code === 'BREAKER' && line.facts['state'] === 'open')).to.have.length.of.at.least(2);
        expect(twice.held).to.deep.equal(once.held);
      } finally {
        await service.end();
      }
    }, 4 * dayMs);
  });
});

/** One day, in which the same happens as in every other; what is held when it is over and nothing runs. */
async function dayOf(service: StandingService, clock: Clock): Promise<{ readonly runs: number; readonly held: Held }> {
  const beganMs = clock.wallMs();
  const hour = (): number => Math.floor((clock.wallMs() - beganMs) / (60 * minuteMs));
  service.outside.region.latencyMs = () => 300;
  service.outside.region.ill = (call) => illnesses[hour()]?.(call) ?? null;
  for (let minute = 0; minute < 1_440; minute += 1) {
    clerk(service, clock, minute);
    await people(service, minute);
    await clock.rest(beganMs + (minute + 1) * minuteMs - clock.wallMs());
  }
  while (service.gateway.site.jobs.some((job) => service.timetable.standing(job.job) !== null)) await clock.rest(1_000);
  return { runs: service.ended.length, held: service.held() };
}

/** Puts one of twelve cases on file again, or changes an item; news come from the region. */
function clerk({ outside }: StandingService, clock: Clock, minute: number): void {
  const { tables, feed } = outside;
  const changed = new Date(clock.wallMs() + 8 * 60 * minuteMs).toISOString().slice(0, 19).replace('T', ' ');
  const put = (table: string, key: string, row: Record<string, string | null>): void => {
    tables[table] = [...(tables[table] ?? []).filter((one) => one[key] !== row[key]), row];
  };
  if (minute % 3 === 0) put('QLCASE', 'ID', { ID: `${minute % 12}`, CHANGED: changed, STATE: '1', KIND: null, NO: `NO-${minute % 12}`, APPLIED: '20261119', CHANNEL: 'A', B: `局${minute % 7}`, ITEM: null });
  if (minute % 50 === 0) put('ITEM', 'ITEMID', { ITEMID: `${minute % 4}`, LONGNAME: `长名${minute}`, NAME: '名' });
  if (minute % 40 === 0) feed.issue('news', { no: `${minute}`, at: changed });
  outside.countyAway = inHour(minute, 11);
  feed.away = inHour(minute, 12);
}

/** What people on duty do, at the same minutes of each day. */
async function people({ duty, gateway, files }: StandingService, minute: number): Promise<void> {
  const running = duty.progress()?.job;
  if (inHour(minute, 13) && running !== undefined) duty.stop(running);
  const pause = { job: 'cases', at: monday, by: 'system', reason: 'test' };
  if (minute === 14 * 60) await duty.pause(pause);
  if (minute === 15 * 60) await duty.resume(pause.job);
  if (minute === 3 * 60 + 30) await gateway.sayGate({ gate: 'region', by: 'system', reason: 'test', word: 'release' });
  const word = { gate: 'cases', by: 'system', reason: 'test' };
  if (minute === 15 * 60) await gateway.sayGate({ ...word, word: 'hold' });
  if (minute === 16 * 60) await gateway.sayGate({ ...word, word: 'release' });
  const [before, after] = ['answerMs: 30000', 'answerMs: 29000'];
  if (minute === 17 * 60) files.change(model, before, after);
  if (minute === 18 * 60) files.change(model, after, 'answerMs: wrong');
  if (minute === 19 * 60) files.change(model, 'answerMs: wrong', before);
}

function inHour(minute: number, hour: number): boolean {
  return Math.floor(minute / 60) === hour;
}
