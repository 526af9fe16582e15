import { expect } from 'chai';
import { addressOf } from '../../../console/web/api/call.ts';
import { fillIn } from '../../../console/web/language/fill-in.ts';
import { bytes, grouped, percent } from '../../../console/web/language/number.ts';
import type { Words } from '../../../console/web/language/words.ts';
import { dateOf, fullTime, lasting, moment } from '../../../console/web/language/time.ts';
import { lampOf } from '../../../console/web/pages/accounts/account-lamp.ts';
import { stepsOf } from '../../../console/web/pages/data/steps.ts';
import { firstAccounts, wanted, wrongWith } from '../../../console/web/pages/entrance/first-accounts.ts';
import { shownValue, standing } from '../../../console/web/pages/indicators/standing.ts';
import { columnsOf, valueIn } from '../../../console/web/pages/mappings/example-values.ts';
import { sums, toneOf, verdictOf } from '../../../console/web/pages/overview/verdict.ts';
import { choiceFrom, queryOf } from '../../../console/web/pages/quarantine/choice.ts';
import { byDepartment, shownOf, trendOf } from '../../../console/web/pages/quality/shown.ts';
import { certificateTone, clockTone, diskTone } from '../../../console/web/pages/system/tones.ts';
import { quality } from './made-up/account.ts';
import { at, gates, overview } from './made-up/figures.ts';
import { walk } from './made-up/records.ts';
import { groups } from './made-up/work.ts';

const words: Words = { say: (key, facts) => `${key} ${Object.values(facts ?? {}).join(' ')}`.trim(), has: () => true, title: (code) => code, language: 'zh-CN' };
const [licences] = overview.datasets.toReversed();
const calm = { ...overview, alarms: { open: 0, worst: null }, datasets: overview.datasets.filter((one) => one.dataset !== 'licences') };

describe('the overview’s verdict', () => {
  it('is good when everything runs and no alarm is open', () => {
    expect(verdictOf(calm)).to.deep.equal({ tone: 'good', reasons: [] });
  });
  it('is bad when a run has failed, the region is paused, or the audit cannot be written, and says which', () => {
    const verdict = verdictOf({ ...overview, auditWell: false, region: { state: 'open', since: at, reason: null } });
    expect(verdict.tone).to.equal('bad');
    expect(verdict.reasons.map((one) => one.key)).to.deep.equal(['audit', 'regionOpen', 'alarms', 'failed']);
  });
  it('is to be watched while a job is paused or the region is being probed', () => {
    expect(verdictOf({ ...calm, region: { state: 'half-open', since: at, reason: null } }).tone).to.equal('watch');
    expect(verdictOf({ ...calm, datasets: calm.datasets.map((one) => ({ ...one, paused: true })) }).reasons).to.deep.equal([{ key: 'paused', facts: { title: '政务服务事项、办件' } }]);
  });
  it('is never good while a gate is shut, or held by a person', () => {
    expect(verdictOf(calm, gates)).to.deep.equal({ tone: 'bad', reasons: [{ key: 'gateShut', facts: { title: '电子证照' } }, { key: 'gateHeld', facts: { title: '办件' } }] });
    const region = (state: 'held' | 'shut'): unknown => verdictOf(calm, gates.slice(0, 1).map((one) => ({ ...one, state })));
    expect([region('held'), region('shut')]).to.deep.equal([{ tone: 'watch', reasons: [{ key: 'regionHeld', facts: {} }] }, { tone: 'bad', reasons: [{ key: 'regionOpen', facts: {} }] }]);
  });
  it('gives each dataset its own lamp: a failed run before a pause, never run as nothing', () => {
    expect([toneOf(licences!), toneOf({ ...licences!, paused: true }), toneOf({ ...licences!, lastRun: null })]).to.deep.equal(['bad', 'bad', 'off']);
  });
  it('adds up today and yesterday over all datasets', () => {
    expect(sums(overview)).to.include({ delivered: 2161, deliveredYesterday: 2817, refused: 24, waiting: 284, quarantined: 5329 });
  });
});

describe('what pages read', () => {
  it('times are those of the site, whatever zone the machine is in', () => {
    expect([fullTime(at), dateOf(at)]).to.deep.equal(['2026-11-25 21:58:00', '2026-11-25']);
    expect([moment(at, at, words), moment(at + 3 * 3_600_000, at, words), moment(at - 86_400_000, at, words)]).to.deep.equal(['21:58', 'day.tomorrow 00:58', 'day.yesterday 21:58']);
  });
  it('durations are in the largest unit that fits', () => {
    expect([59_000, 61_000, 3_700_000, 90_000_000, 200_000_000].map((ms) => lasting(ms, words))).to.deep.equal(['age.seconds 59', 'age.minutes 1', 'age.hours 1', 'age.hours 25', 'age.days 2']);
  });
  it('a share is never rounded up to a hundred while something is missing, and there is none of nothing', () => {
    expect([percent(9999, 10_000), percent(10, 10), percent(0, 0)]).to.deep.equal(['99.9%', '100.0%', '']);
    expect(shownValue(97.999, '%')).to.equal('97.99%');
  });
  it('numbers and sizes can be read', () => {
    expect([grouped(233_000), bytes(0), bytes(1536), bytes(412_876_800)]).to.deep.equal(['233,000', '0 B', '1.5 KiB', '394 MiB']);
  });
  it('a sentence keeps a place for which there is no fact', () => {
    expect(fillIn('{name}，{count} 条', (name) => (name === 'name' ? '某旗' : undefined))).to.equal('某旗，{count} 条');
  });
  it('an address has its places and its query filled in, and nothing for what is not asked', () => {
    expect(addressOf('/api/jobs/{job}/run', { path: { job: 'a b' }, query: { after: undefined, limit: 5, state: '' } })).to.equal('/api/jobs/a%20b/run?limit=5');
  });
});

describe('one record’s walk', () => {
  it('tells what happened in the order of time, the cause first', () => {
    expect(stepsOf(walk.versions[1]!).map((one) => one.key)).to.deep.equal(['kept', 'batch', 'push', 'ask', 'receipt', 'settled']);
    expect(stepsOf(walk.versions[1]!).map((one) => one.tone)).to.deep.equal(['plain', 'plain', 'watch', 'good', 'good', 'good']);
  });
  it('begins with being set aside where the checks refused it', () => {
    expect(stepsOf(walk.versions[2]!)).to.have.length(1);
    expect(stepsOf(walk.versions[2]!)[0]).to.include({ key: 'setAside', tone: 'bad' });
  });
});

describe('a group of records set aside', () => {
  it('has an address that names codes only, and is found again by it', () => {
    const query = queryOf(groups.groups[0]!);
    expect(query).to.deep.equal({ dataset: 'licences', code: 'CODE_UNMAPPED', field: 'up_lic_data.certificate_type', value: '2B' });
    expect(choiceFrom(query)).to.deep.equal(query);
    expect([choiceFrom({}), choiceFrom({ dataset: 'licences' })]).to.deep.equal([null, null]);
  });
});

describe('quality', () => {
  const shown = shownOf(quality);
  it('puts those with most to mend first, over all datasets or one', () => {
    expect(byDepartment(shown.departments, '').map((one) => one.refused)).to.deep.equal([4370, 516, 200, 9]);
    expect(byDepartment(shown.departments, 'cases')).to.have.length(2);
  });
  it('leaves a gap on days on which nothing of a dataset was kept', () => {
    expect(trendOf(shown).series[0]!.values.every((one) => one === null)).to.equal(true);
    expect(trendOf(shown).labels).to.have.length(30);
  });
  it('holds a figure against the published one only where both are known', () => {
    expect([{ value: 88, target: 88 }, { value: 87, target: 88 }, { value: null, target: 95 }, { value: 3, target: null }].map(standing)).to.deep.equal(['same', 'other', 'unknown', 'plain']);
  });
});

describe('the first accounts', () => {
  const rules = { minLength: 12, classes: 3, secondFactor: 'required' } as const;
  it('are the three administrators, and whoever else something was typed for', () => {
    const accounts = firstAccounts();
    expect(wanted(accounts).map((one) => one.role)).to.deep.equal(['system', 'security', 'audit']);
    accounts[3]!.login = 'wuyun';
    expect(wanted(accounts)).to.have.length(4);
  });
  it('are not made with a login twice, without a name, or with a password that is too weak', () => {
    const one = { role: 'system', needed: true, login: 'bai', name: '某', password: 'Horses-Run-2026!' } as const;
    expect([wrongWith(one, [one], rules), wrongWith({ ...one, login: 'Bai' }, [], rules), wrongWith({ ...one, name: ' ' }, [], rules), wrongWith({ ...one, password: 'horseshorses' }, [], rules), wrongWith({ ...one }, [one], rules)])
      .to.deep.equal([null, 'login', 'name', 'password', 'twice']);
  });
});

describe('lamps', () => {
  it('of accounts: locked before anything else, then without rights', () => {
    const account = { state: 'enabled', role: 'reader', lockedUntil: null } as const;
    expect([lampOf(account, at).key, lampOf({ ...account, lockedUntil: at + 1 }, at).key, lampOf({ ...account, role: null }, at).key, lampOf({ ...account, state: 'disabled' }, at).key]).to.deep.equal(['enabled', 'locked', 'waiting', 'disabled']);
  });
  it('of the system: in time to do something about it', () => {
    expect([diskTone(4, 100), diskTone(10, 100), diskTone(50, 100)]).to.deep.equal(['bad', 'watch', 'good']);
    expect([clockTone(-300_000), clockTone(200_000), clockTone(900)]).to.deep.equal(['bad', 'watch', 'good']);
    expect([certificateTone(at, at), certificateTone(at + 86_400_000, at), certificateTone(at + 90 * 86_400_000, at)]).to.deep.equal(['bad', 'watch', 'good']);
  });
});

describe('an example beside its mapping', () => {
  it('shows the value of a field whether the example tells whole records or only some fields', () => {
    expect(valueIn({ records: [{ table: 't', fields: { f: 1 } }], fields: {} }, 't', 'f')).to.equal(1);
    expect(valueIn({ records: [], fields: { 't.f': [2, 3] } }, 't', 'f')).to.equal(2);
    expect(valueIn({ records: [], fields: { 't.g': 1 } }, 't', 'f')).to.equal(undefined);
  });
  it('shows the columns of its row and of its children', () => {
    expect(columnsOf({ A: '1', B: null, kids: [{ C: 2 }] })).to.deep.equal([{ column: 'A', value: '1' }, { column: 'B', value: null }, { column: 'kids[1].C', value: 2 }]);
  });
});
