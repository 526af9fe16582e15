import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { verifyAudit, verifyAuditFiles } from '../../adapters/audit-file/verify.ts';
import { openAuditTrail } from '../../adapters/audit-file/trail.ts';
import { auditKey } from '../../console/server/access/keys.ts';
import type { AuditIndex, AuditTrail, Deed } from '../../src/port/audit.ts';
import { seededLuck } from '../fakes/seeded-luck.ts';
import { temporaryFolder } from '../fakes/temporary-folder.ts';
import { monday } from '../fakes/virtual-time.ts';
import { Hall } from './hall.ts';

const key = auditKey(Buffer.alloc(32, 7));
const forgetful: AuditIndex = { last: () => 0, keep: () => undefined, find: () => [] };
const deed: Deed = { at: monday, actor: 'somebody', role: 'system', address: '127.0.0.1', action: 'pauseJob', object: 'job licences', result: 'done', code: null, reason: '维护', before: null, after: { cron: '0 2 * * *' } };
/** Edits tried; `EDITS=10000` for the whole proof. */
const edits = Number(process.env['EDITS'] ?? 600);

describe('the audit', () => {
  const folder = temporaryFolder();
  const files = { audit: join(folder, 'audit.jsonl'), anchors: join(folder, 'elsewhere', 'anchors.jsonl') };
  const open = (with_ = key): Promise<AuditTrail> => openAuditTrail({ file: files.audit, anchors: files.anchors, key: with_, index: forgetful, zoneMinutes: 480 });

  before(async () => {
    const trail = await open();
    for (let turn = 0; turn < 40; turn += 1) {
      await trail.append({ ...deed, at: monday + turn * 1000, object: `job ${turn}` });
      if (turn % 10 === 9) await trail.anchor(monday + turn * 1000);
    }
    await trail.close();
  });

  it('is whole as it was written, and says each time with its zone', () => {
    expect(verifyAuditFiles(files, key)).to.deep.equal({ whole: true, entries: 40, anchors: 4, faults: [] });
    expect(JSON.parse(readFileSync(files.audit, 'utf8').split('\n')[0] ?? '')).to.deep.include({ seq: 1, time: '2026-11-23T15:00:00.000+08:00', actor: 'somebody', reason: '维护' });
  });
  it(`notices each of ${edits} random edits of the file`, function () {
    this.timeout(300_000);
    const [audit, anchors] = [readFileSync(files.audit), readFileSync(files.anchors)];
    const luck = seededLuck(20261125);
    const unnoticed = Array.from({ length: edits }, () => edited(audit, luck)).filter((one) => !one.bytes.equals(audit) && verifyAudit(one.bytes, anchors, key).whole);
    expect(unnoticed.map((one) => one.what)).to.deep.equal([]);
  });
  it('notices that its end was cut off, thanks to the anchor alone', () => {
    const lines = readFileSync(files.audit, 'utf8').split('\n');
    const cut = Buffer.from(`${lines.slice(0, 35).join('\n')}\n`);
    expect(verifyAudit(cut, Buffer.alloc(0), key).whole).to.equal(true);
    expect(verifyAudit(cut, readFileSync(files.anchors), key).faults).to.deep.equal([{ code: 'AUDIT_CUT_OFF', line: 40 }]);
  });
  it('notices that it was written anew from the beginning by somebody with the key', async () => {
    const other = { audit: join(temporaryFolder(), 'audit.jsonl'), anchors: join(temporaryFolder(), 'anchors.jsonl') };
    const trail = await openAuditTrail({ file: other.audit, anchors: other.anchors, key, index: forgetful, zoneMinutes: 480 });
    for (let turn = 0; turn < 40; turn += 1) await trail.append({ ...deed, at: monday + turn * 1000, object: `job ${turn}`, actor: 'nobody' });
    await trail.close();
    expect(verifyAudit(readFileSync(other.audit), readFileSync(files.anchors), key).faults.map((one) => one.code)).to.include('AUDIT_ANCHOR_OTHER');
  });
  it('notices anchors that were not written by the gateway', () => {
    const changed = Buffer.from(readFileSync(files.anchors, 'utf8').replace('"seq":40', '"seq":30'));
    expect(verifyAudit(readFileSync(files.audit), changed, key).faults[0]?.code).to.equal('AUDIT_ANCHOR_WRONG');
  });
  it('goes on after a power cut in the middle of a line, which nobody was told was written', async () => {
    writeFileSync(files.audit, '{"seq":41,"at":17', { flag: 'a' });
    const trail = await open();
    expect((await trail.append({ ...deed, object: 'after the cut' })).seq).to.equal(41);
    await trail.close();
    expect(verifyAuditFiles(files, key)).to.include({ whole: true, entries: 41 });
  });
});

describe('an audit of years', () => {
  it('is opened at its end, and what cannot be found yet is found again', async () => {
    const folder = temporaryFolder();
    const [file, anchors] = [join(folder, 'audit.jsonl'), join(folder, 'anchors.jsonl')];
    const trail = await openAuditTrail({ file, anchors, key, index: forgetful, zoneMinutes: 480 });
    await Promise.all(Array.from({ length: 9_000 }, (_, at) => trail.append({ ...deed, object: `job ${at}` })));
    await trail.close();
    const kept: number[] = [];
    const open = async (last: number): Promise<number> => {
      kept.length = 0;
      const again = await openAuditTrail({ file, anchors, key, index: { ...forgetful, last: () => last, keep: (entries) => void kept.push(...entries.map((one) => one.seq)) }, zoneMinutes: 480 });
      await again.close();
      return again.head().seq;
    };
    expect([await open(9_000), kept.length]).to.deep.equal([9_000, 0]);
    expect([await open(8_990), kept]).to.deep.equal([9_000, Array.from({ length: 10 }, (_, at) => 8_991 + at)]);
    expect([await open(0), kept.length]).to.deep.equal([9_000, 9_000]);
    expect(verifyAuditFiles({ audit: file, anchors }, key)).to.include({ whole: true, entries: 9_000 });
    // Cut off while nobody looked: the gap stays in the chain, with or without anchors.
    const lines = readFileSync(file, 'utf8').split('\n');
    writeFileSync(file, `${lines.slice(0, 8_000).join('\n')}\n`);
    const later = await openAuditTrail({ file, anchors, key, index: { ...forgetful, last: () => 9_000 }, zoneMinutes: 480 });
    expect((await later.append(deed)).seq).to.equal(9_001);
    await later.close();
    expect(verifyAuditFiles({ audit: file, anchors }, key).faults).to.deep.equal([{ code: 'AUDIT_SEQUENCE_BROKEN', line: 8_001 }]);
  });
});

describe('a deed whose audit cannot be written', () => {
  it('does not happen, and neither does the next until it can be written again', async () => {
    const hall = await Hall.open();
    await hall.setUp();
    const system = await hall.as('system');
    const full = hall.trail as { append: AuditTrail['append'] };
    const kept = full.append.bind(hall.trail);
    full.append = () => Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' }));
    expect((await system.ask('POST', '/api/jobs/licences/pause', { reason: 'maintenance' })).json).to.deep.include({ code: 'AUDIT_UNWRITTEN' });
    expect(hall.duty.paused('licences')).to.equal(null);
    expect((await hall.visitor().signIn('operator', 'wrong')).json['code']).to.equal('SIGN_IN_WRONG');
    full.append = kept;
    expect((await system.ask('POST', '/api/jobs/licences/pause', { reason: 'maintenance' })).status).to.equal(200);
    expect(hall.duty.paused('licences')).to.deep.include({ by: 'system', reason: 'maintenance' });
    await hall.close();
  });
  it('leaves one entry for what was done, and one for what was refused, with who, from where and why', async () => {
    const hall = await Hall.open();
    await hall.setUp();
    const system = await hall.as('system');
    const before = hall.trail.head().seq;
    await system.ask('POST', '/api/jobs/licences/pause', { reason: 'maintenance' });
    await system.ask('POST', '/api/jobs/unknown/pause', { reason: 'maintenance' });
    const entries = (await hall.trail.find({ limit: 10 })).filter((one) => one.seq > before);
    expect(entries.map(({ result, code, object, actor, address, reason }) => [result, code, object, actor, address, reason])).to.deep.equal([
      ['refused', 'JOB_UNKNOWN', '/api/jobs/unknown/pause', 'system', '127.0.0.1', 'maintenance'],
      ['done', null, 'job licences', 'system', '127.0.0.1', 'maintenance'],
    ]);
    await hall.close();
  });
});

/** One edit of the kinds people and programs make. */
function edited(audit: Buffer, luck: () => number): { readonly what: string; readonly bytes: Buffer } {
  const at = Math.floor(luck() * audit.length);
  const lines = audit.toString('utf8').slice(0, -1).split('\n');
  const line = Math.floor(luck() * lines.length);
  const other = Math.floor(luck() * lines.length);
  const joined = (all: readonly string[]): Buffer => Buffer.from(all.length === 0 ? '' : `${all.join('\n')}\n`);
  const kinds: readonly (() => Buffer)[] = [
    () => Buffer.concat([audit.subarray(0, at), Buffer.from([(audit[at] ?? 0) ^ (1 << Math.floor(luck() * 8))]), audit.subarray(at + 1)]),
    () => Buffer.concat([audit.subarray(0, at), audit.subarray(at + 1)]),
    () => Buffer.concat([audit.subarray(0, at), Buffer.from([Math.floor(luck() * 256)]), audit.subarray(at)]),
    () => audit.subarray(0, at),
    () => joined(lines.slice(0, line)),
    () => joined(lines.toSpliced(line, 1)),
    () => joined(lines.toSpliced(line, 0, lines[other] ?? '')),
    () => joined(lines.with(line, lines[other] ?? '')),
    () => joined(lines.toSpliced(line, 1).toSpliced(other, 0, lines[line] ?? '')),
    () => joined(lines.with(line, (lines[line] ?? '').replace('somebody', 'nobody'))),
    () => Buffer.concat([audit, Buffer.from('\n')]),
    () => Buffer.concat([audit, Buffer.from(`${lines.at(-1) ?? ''}\n`)]),
  ];
  const kind = Math.floor(luck() * kinds.length);
  return { what: `kind ${kind} at byte ${at}, line ${line}`, bytes: kinds[kind]?.() ?? audit };
}
