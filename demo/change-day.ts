import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { changeCounty } from './county/change.ts';

const { values } = parseArgs({ options: { data: { type: 'string' }, seed: { type: 'string', default: '2' }, 'as-of': { type: 'string', default: '2026-11-21' } } });
if (values.data === undefined) throw new Error('用法：node demo/change-day.ts --data 目录 [--seed 数] [--as-of yyyy-MM-dd]');
const order = { file: join(values.data, 'county.db'), truthFile: join(values.data, 'truth.db'), seed: Number(values.seed), asOf: values['as-of'] };
const summary = await changeCounty(order);
process.stdout.write(`${JSON.stringify({ summary })}\n`);
