import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { root } from '../house/tree.ts';
import { mutants } from './mutants/all.ts';
import { play } from './play.ts';

describe('simulated histories', () => {
  it('come to a quiet end in which the region has just what the county has, two hundred times', async function () {
    this.timeout(60_000);
    const { failed, played } = await play({ from: 1, seeds: 200, step: 1, untilFound: false });
    expect(failed.map(({ seed, breaches }) => `npm run simulate -- --seed ${seed}: ${breaches[0] ?? ''}`)).to.deep.equal([]);
    expect(played).to.equal(200);
  });
  it('go the same way again for the same seed', async () => {
    const hashes: string[] = [];
    for (let time = 0; time < 2; time += 1) hashes.push((await play({ from: 900, seeds: 12, step: 1, untilFound: false })).hash);
    expect(hashes[0]).to.equal(hashes[1]);
  });
  it('find the canary: an engine that takes no answer for no', async function () {
    this.timeout(60_000);
    const { failed } = await play({ from: 1, seeds: 400, step: 1, mutant: 'silence-is-no', untilFound: true });
    expect(failed).to.have.length(1);
  });
  it('know at least 25 planted bugs, each by a name of its own', () => {
    expect(new Set(mutants.map((one) => one.name)).size).to.equal(mutants.length).and.at.least(25);
  });
  it('are told of in docs/simulation.md, with every planted bug in its words', () => {
    const text = readFileSync(join(root, 'docs/simulation.md'), 'utf8');
    expect(mutants.filter(({ name, says }) => !text.includes(`| \`${name}\` | ${says} |`)).map((one) => one.name)).to.deep.equal([]);
  });
});
