import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { flatten } from '../../../src/cli/texts.ts';
import { readTree, root } from '../../house/tree.ts';

const all = flatten(parse(readFileSync(join(root, 'texts', 'zh-CN.yaml'), 'utf8')));
/** What the commands say of verdicts and batches, the pages say too. */
const shared = ['verdict', 'batch'].flatMap((block) => [...all.keys()].filter((key) => key.startsWith(`cli.${block}.`)).map((key) => key.replace(/^cli/, 'console')));
const keys = new Set([...[...all.keys()].filter((key) => key.startsWith('console.')), ...shared].map((key) => key.slice('console.'.length)));
const pages = readTree(['console/web'], ['.vue', '.ts']);
const text = [...pages.values()].join('\n');
const whole = new Set([...text.matchAll(/\b(?:say|has)\(\s*'([\w.-]+)'/g)].map((hit) => hit[1] ?? ''));
const begun = new Set([...text.matchAll(/(?:say|has|word)\(\s*`([a-zA-Z]+(?:\.[\w-]+)*[._])\$\{/g)].map((hit) => hit[1] ?? ''));
const quoted = new Set([...text.matchAll(/'([a-zA-Z]+(?:\.[\w-]+)*)'/g)].map((hit) => hit[1] ?? ''));

describe('what the pages say', () => {
  it('stands in the texts: no page shows a key instead of a sentence', () => {
    expect([...whole].filter((key) => !keys.has(key))).to.deep.equal([]);
    expect([...begun].filter((start) => ![...keys].some((key) => key.startsWith(start)))).to.deep.equal([]);
  });
  it('is said by somebody: no sentence is left over', () => {
    const server = [...readTree(['console/server', 'src/cli'], ['.ts']).values()].join('\n');
    const said = (key: string): boolean => whole.has(key) || quoted.has(key) || [...begun].some((start) => key.startsWith(start)) || spokenByServer(server, key);
    expect([...keys].filter((key) => !said(key) && !shared.includes(`console.${key}`))).to.deep.equal([]);
  });
});

/** By its whole key, or by the beginning of it that a template goes on from. */
function spokenByServer(server: string, key: string): boolean {
  const parts = key.split('.');
  return server.includes(`console.${key}`) || parts.some((_part, index) => index > 0 && server.includes(`console.${parts.slice(0, index).join('.')}.$`));
}
