import { expect } from 'chai';
import { Meeting } from '../../src/schedule/meeting.ts';
import { Patience } from '../../src/schedule/patience.ts';
import { timeByHand, turn, type HandTime } from '../fakes/virtual-time.ts';

describe('reading and delivering side by side', () => {
  const never = new AbortController().signal;

  it('reading that finds no room rests until something is settled', async () => {
    const meeting = new Meeting();
    let room = false;
    const waiting = meeting.waitForRoom(async () => room, never);
    await turn();
    expect(meeting.moreToCome()).to.equal(false);
    room = true;
    meeting.announce();
    expect(await waiting).to.equal(true);
    expect(meeting.moreToCome()).to.equal(true);
  });
  it('reading that rests tells delivery, which must not wait for full batches then', async () => {
    const meeting = new Meeting();
    let told = false;
    void meeting.news().then(() => {
      told = true;
    });
    void meeting.waitForRoom(async () => false, never);
    await turn();
    expect(told).to.equal(true);
  });
  it('reading ends when there is no room and delivery has ended', async () => {
    const meeting = new Meeting();
    const waiting = meeting.waitForRoom(async () => false, never);
    await turn();
    meeting.deliveryEnded();
    expect(await waiting).to.equal(false);
  });
  it('reading does not begin another page once somebody has said stop', async () => {
    expect(await new Meeting().waitForRoom(async () => true, AbortSignal.abort())).to.equal(false);
  });
  it('there is no more to come once the reading has ended, and delivery hears of it', async () => {
    const meeting = new Meeting();
    const news = meeting.news();
    meeting.intakeEnded();
    await news;
    expect(meeting.moreToCome()).to.equal(false);
  });
});

describe('patience', () => {
  let time: HandTime;
  beforeEach(() => {
    time = timeByHand();
  });
  afterEach(() => time.end());

  it('runs out when nothing has moved for so long', async () => {
    const patience = new Patience(time.clock, 60_000);
    const watch = patience.watch();
    await time.pass(59_999);
    expect(patience.signal.aborted).to.equal(false);
    await time.pass(1);
    expect(patience.signal.aborted).to.equal(true);
    await watch;
  });
  it('begins anew whenever something moves', async () => {
    const patience = new Patience(time.clock, 60_000);
    const watch = patience.watch();
    for (let step = 0; step < 10; step += 1) {
      await time.pass(50_000);
      patience.progress();
    }
    expect(patience.signal.aborted).to.equal(false);
    await time.pass(60_000);
    expect(patience.signal.aborted).to.equal(true);
    await watch;
  });
  it('ends with the run', async () => {
    const patience = new Patience(time.clock, 60_000);
    const watch = patience.watch();
    patience.end();
    await watch;
    expect(patience.signal.aborted).to.equal(false);
  });
});
