import { expect } from 'chai';
import { Dice } from './dice.ts';
import { Life } from './life.ts';
import { Notes } from './notes.ts';
import { VirtualTime } from './virtual-world.ts';

describe('a process of a simulated history', () => {
  it('that has died stands still no more: nobody takes over from it', async () => {
    const time = new VirtualTime();
    try {
      const life = new Life({ time, dice: new Dice(1), notes: new Notes(false), offMs: () => 0, lateShare: 0 });
      const takenOver: string[] = [];
      life.plan(new Map([[1, { kind: 'crash-after' }], [2, { kind: 'stand-still', meanwhile: async () => void takenOver.push('taken over') }]]));
      for (const name of ['store.first', 'store.second']) void life.call(name, async () => undefined);
      expect(await time.drive(life.ended)).to.equal('crashed');
      await time.pass(100_000);
      expect(takenOver).to.deep.equal([]);
    } finally {
      time.end();
    }
  });
});
