import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openBook } from './county/book.ts';
import { luckOf } from './county/luck.ts';
import { applicationOf, correctedOnline, handleOnline, onlineTruths } from './county/online.ts';

// What the region's site and the county's window do with cases applied for online, in three steps: issue, handle, correct.
const { values } = parseArgs({
  options: { data: { type: 'string' }, step: { type: 'string' }, count: { type: 'string', default: '500' }, seed: { type: 'string', default: '5' }, 'as-of': { type: 'string', default: '2026-11-21' } },
});
const { data, step, 'as-of': asOf } = values;
if (data === undefined || (step !== 'issue' && step !== 'handle' && step !== 'correct')) throw new Error('用法：node demo/online-cases.ts --data 目录 --step issue|handle|correct [--count 件数] [--seed 数]');
const book = openBook(join(data, 'county.db'), join(data, 'truth.db'));
const order = { count: Number(values.count), seed: Number(values.seed), asOf };
const memory = join(data, 'online.json');
const truths = step === 'issue' ? onlineTruths(book, order) : (JSON.parse(readFileSync(memory, 'utf8')) as ReturnType<typeof onlineTruths>);
if (step === 'issue') writeFileSync(memory, JSON.stringify(truths));
const said = step === 'issue' ? { applications: truths.map((truth) => applicationOf(truth)) }
  : step === 'handle' ? handleOnline(book, truths, asOf)
    : { applications: correctedOnline(book, truths, luckOf(order.seed, 'online-corrections')) };
book.close();
process.stdout.write(`${JSON.stringify(said)}\n`);
