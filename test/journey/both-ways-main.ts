import { parseArgs } from 'node:util';
import { bothWays } from './both-ways.ts';
import { Rehearsal } from './rehearsal.ts';

// The whole of it, as a person runs it: npm run roundtrip -- --size banner --applications 500
const { values } = parseArgs({ options: { size: { type: 'string', default: 'banner' }, applications: { type: 'string', default: '500' } } });
const at = new Rehearsal();
try {
  await at.begin(values.size);
  for (const job of ['items', 'cases', 'licences']) {
    const { code } = await at.qilian('run', job, '--json');
    if (code !== 0) throw new Error(`${job} ended with ${code}`);
  }
  const found = await bothWays(at, Number(values.applications));
  process.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
  const right = found.equal && found.entered === found.issued && found.copies === 0 && found.echoesBefore + found.echoesAfter === 0 && found.acceptOperations === 'U';
  process.exitCode = right ? 0 : 1;
} finally {
  await at.end();
}
