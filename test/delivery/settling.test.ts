import { expect } from 'chai';
import { Settling } from '../../src/delivery/settling.ts';
import type { DeliveryStore, Settlement } from '../../src/port/store.ts';
import { inVirtualTime } from '../fakes/virtual-time.ts';

const one = (batch: string): Settlement => ({
  batch, at: 0, state: 'settled', attempt: null, receipts: '', delivered: [], advanced: [], quarantined: [], reopened: [], halves: [],
});

describe('answered batches', () => {
  it('are all settled, also one that is answered while others are being written', () => inVirtualTime(async (clock) => {
    const written: string[] = [];
    const store: Pick<DeliveryStore, 'settle'> = {
      settle: async (settlements) => {
        written.push(...settlements.map(({ batch }) => batch));
        await clock.rest(5);
      },
    };
    const settling = new Settling(store, clock, () => undefined);
    settling.hand(one('a'));
    const flushed = settling.flush();
    await clock.rest(1);
    settling.hand(one('b'));
    await flushed;
    expect(settling.busy).to.equal(true);
    await settling.flush();
    expect(written).to.deep.equal(['a', 'b']);
    expect(settling.busy).to.equal(false);
  }));
});
