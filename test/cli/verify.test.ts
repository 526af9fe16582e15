import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { openAuditTrail } from '../../adapters/audit-file/trail.ts';
import { verifyAuditFiles } from '../../adapters/audit-file/verify.ts';
import { auditKey } from '../../console/server/access/keys.ts';
import { consoleFiles, consoleKey } from '../../src/cli/console-memory.ts';
import { terminal } from '../fakes/parts-in-memory.ts';
import { monday } from '../fakes/virtual-time.ts';

describe('verify', () => {
  it('says that the audit is whole, and with exit code 1 which line is not', async () => {
    const { dataDir, said, type } = terminal({ verifyAudit: (files, key) => verifyAuditFiles(files, auditKey(key)) });
    const files = consoleFiles(dataDir, {});
    const trail = await openAuditTrail({ file: files.audit, anchors: files.anchors, key: auditKey(consoleKey(files.key)), index: { last: () => 0, keep: () => undefined, find: () => [] }, zoneMinutes: 480 });
    for (const object of ['job items', 'job cases']) await trail.append({ at: monday, actor: 'a', role: 'system', address: '::1', action: 'pauseJob', object, result: 'done', code: null, reason: 'r', before: null, after: null });
    await trail.anchor(monday);
    await trail.close();
    expect(await type('verify')).to.equal(0);
    expect(said).to.deep.equal(['审计完整：2 条，1 个锚点']);
    writeFileSync(files.audit, readFileSync(files.audit, 'utf8').replace('job cases', 'job items'));
    expect(await type('verify', '--json')).to.equal(1);
    expect(JSON.parse(said.at(-1) ?? '')).to.deep.include({ whole: false, entries: 1 });
  });
  it('makes no key where there is none', async () => {
    const { dataDir, complaints, type } = terminal();
    expect(await type('verify', '--key', join(dataDir, 'no.key'))).to.equal(1);
    expect(complaints[0]).to.match(/^AUDIT_FILE_MISSING /);
  });
});
