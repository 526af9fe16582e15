import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { defaultAsOf, generateCounty } from './county/generate.ts';
import type { Size } from './county/size.ts';

const { values } = parseArgs({
  options: { data: { type: 'string' }, seed: { type: 'string', default: '1' }, size: { type: 'string', default: 'banner' }, 'as-of': { type: 'string', default: defaultAsOf } },
});
if (values.data === undefined) throw new Error('用法：node demo/generate.ts --data 目录 [--seed 数] [--size small|banner|证照数] [--as-of yyyy-MM-dd]');
const data = values.data;
const size: Size = values.size === 'small' || values.size === 'banner' ? values.size : Number(values.size);
const file = join(data, 'county.db'), truthFile = join(data, 'truth.db');
const say = (line: unknown): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

for (const name of [file, truthFile]) rmSync(`${name}.new`, { force: true });
const summary = await generateCounty({ file: `${file}.new`, truthFile: `${truthFile}.new`, seed: Number(values.seed), size, asOf: values['as-of'], tell: say });
for (const name of [file, truthFile]) {
  for (const suffix of ['-wal', '-shm', '-journal']) rmSync(name + suffix, { force: true });
  renameSync(`${name}.new`, name);
}
say({ summary });
