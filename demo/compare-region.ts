import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compareWithTruth } from './compare.ts';

const { values } = parseArgs({ options: { data: { type: 'string' } } });
if (values.data === undefined) throw new Error('用法：node demo/compare-region.ts --data 目录');
const comparison = await compareWithTruth({ truthFile: join(values.data, 'truth.db'), regionFile: join(values.data, 'region', 'region.db') });
process.stdout.write(`${JSON.stringify(comparison)}\n`);
