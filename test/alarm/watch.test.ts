import { expect } from 'chai';
import { join } from 'node:path';
import { openConsoleStore } from '../../adapters/console-sqlite/store.ts';
import { conditionsOf, type Situation } from '../../src/alarm/conditions.ts';
import { Gathered } from '../../src/alarm/watch.ts';
import type { Digest, Messenger } from '../../src/port/alarm.ts';
import { usualAlarms } from '../../src/record/alarm-rule.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { stillClock } from '../fakes/still-clock.ts';
import { temporaryFolder } from '../fakes/temporary-folder.ts';
import { monday } from '../fakes/virtual-time.ts';

const minuteMs = 60_000;
const calm: Situation = {
  at: monday, breakerOpenSince: null, certificates: [], skewMs: null, disk: null, auditWell: true, failedLogins: 0, jobs: [],
  datasets: [{ dataset: 'licences', atRegion: 100, oldestWaitingAt: null, today: { kept: 100, refused: 0 }, quietHours: 1 }],
};
const licences = calm.datasets[0];
const rulesMet = (change: Partial<Situation>): readonly string[] => conditionsOf({ ...calm, ...change }, usualAlarms.rules).map((one) => `${one.rule} ${one.subject}`);

describe('the alarm rules', () => {
  const cases: readonly (readonly [string, Partial<Situation>, Partial<Situation>])[] = [
    ['silence licences', { datasets: [{ ...licences, quietHours: 72 } as typeof calm.datasets[number]] }, { datasets: [{ ...licences, quietHours: 71 } as typeof calm.datasets[number]] }],
    ['backlog licences', { datasets: [{ ...licences, oldestWaitingAt: monday - 120 * minuteMs } as typeof calm.datasets[number]] }, { datasets: [{ ...licences, oldestWaitingAt: monday - 119 * minuteMs } as typeof calm.datasets[number]] }],
    ['refusals licences', { datasets: [{ ...licences, today: { kept: 100, refused: 20 } } as typeof calm.datasets[number]] }, { datasets: [{ ...licences, today: { kept: 19, refused: 19 } } as typeof calm.datasets[number]] }],
    ['breaker region', { breakerOpenSince: monday - 15 * minuteMs }, { breakerOpenSince: monday - 14 * minuteMs }],
    ['certificate CN=x', { certificates: [{ subject: 'CN=x', endsAt: monday + 29 * 24 * 60 * minuteMs }] }, { certificates: [{ subject: 'CN=x', endsAt: monday + 31 * 24 * 60 * minuteMs }] }],
    ['clock clock', { skewMs: -60_000 }, { skewMs: 59_000 }],
    ['disk disk', { disk: { freeBytes: 9, totalBytes: 100 } }, { disk: { freeBytes: 10, totalBytes: 100 } }],
    ['missed-run items', { jobs: [{ job: 'items', dataset: 'items', dueAt: monday - 30 * minuteMs, guardHeld: false }] }, { jobs: [{ job: 'items', dataset: 'items', dueAt: monday - 29 * minuteMs, guardHeld: false }] }],
    ['guard items', { jobs: [{ job: 'items', dataset: 'items', dueAt: null, guardHeld: true }] }, { jobs: [{ job: 'items', dataset: 'items', dueAt: null, guardHeld: false }] }],
    ['audit audit', { auditWell: false }, { auditWell: true }],
    ['sign-in console', { failedLogins: 20 }, { failedLogins: 19 }],
  ];
  for (const [name, wrong, right] of cases) {
    it(`meet ${name} at its limit, and not before`, () => {
      expect(rulesMet(wrong)).to.deep.equal([name]);
      expect(rulesMet(right)).to.deep.equal([]);
    });
  }
  it('look only at the datasets they name', () => {
    const only = usualAlarms.rules.map((one) => ({ ...one, datasets: ['items'] }));
    expect(conditionsOf({ ...calm, datasets: [{ ...licences, quietHours: 100 } as typeof calm.datasets[number]] }, only)).to.deep.equal([]);
  });
});

describe('a bad night', () => {
  it('of 700 alarms brings one message at once and one later, and nothing twice', async () => {
    const { gathered, sent, clock, meet } = open();
    meet(1);
    await gathered.look();
    for (let turn = 2; turn <= 14; turn += 1) {
      meet(turn * 50);
      await clock.rest(minuteMs);
      await gathered.look();
    }
    expect(sent.map((one) => one.alarms.length)).to.deep.equal([1]);
    await clock.rest(2 * minuteMs);
    await gathered.look();
    expect(sent.map((one) => one.alarms.length)).to.deep.equal([1, 699]);
  });
  it('that is over before anybody was told brings no message; one that was told is told to be over', async () => {
    const { gathered, sent, clock, meet } = open();
    meet(1);
    await gathered.look();
    meet(2);
    await clock.rest(minuteMs);
    await gathered.look();
    meet(0);
    await clock.rest(20 * minuteMs);
    await gathered.look();
    expect(sent.map((one) => one.subject)).to.deep.equal(['1 opened, 0 ended', '0 opened, 1 ended']);
  });
  it('is told again when nobody could be reached', async () => {
    const { gathered, sent, clock, meet, away } = open();
    away(true);
    meet(1);
    await gathered.look();
    away(false);
    await clock.rest(16 * minuteMs);
    await gathered.look();
    expect(sent.map((one) => one.subject)).to.deep.equal(['1 opened, 0 ended']);
  });

  function open(): { gathered: Gathered; sent: Digest[]; clock: ReturnType<typeof stillClock>; meet: (count: number) => void; away: (is: boolean) => void } {
    const clock = stillClock();
    const sent: Digest[] = [];
    let count = 0;
    let unreachable = false;
    const messenger: Messenger = { name: 'desk', send: async (digest) => (unreachable ? Promise.reject(new Error('away')) : void sent.push(digest)) };
    const gathered = new Gathered({
      setting: () => usualAlarms, store: openConsoleStore(join(temporaryFolder(), 'console.db')).alarms, messengers: () => [messenger], clock, log: silentLog(),
      situation: async () => ({ ...calm, at: clock.wallMs(), jobs: Array.from({ length: count }, (_, at) => ({ job: `job-${at}`, dataset: 'items', dueAt: null, guardHeld: true })) }),
      digest: (opened, ended) => ({ subject: `${opened.length} opened, ${ended.length} ended`, text: '', alarms: [...opened, ...ended] }),
    });
    return { gathered, sent, clock, meet: (now) => (count = now), away: (is) => (unreachable = is) };
  }
});
