import { expect } from 'chai';
import { unreadLines } from '../../src/cli/unread.ts';

/** An outlet whose reader takes what there is when the test says so. */
class Pipe {
  unread = '';
  most = 0;
  get writableLength(): number {
    return this.unread.length;
  }

  write(text: string): void {
    this.unread += text;
    this.most = Math.max(this.most, this.unread.length);
  }

  read(): readonly string[] {
    const lines = this.unread.trimEnd().split('\n');
    this.unread = '';
    return lines;
  }
}

describe('lines that nobody need read', () => {
  const line = 'x'.repeat(999);
  const opened = (): { readonly pipe: Pipe; readonly say: (said: string) => void } => {
    const pipe = new Pipe();
    return { pipe, say: unreadLines(pipe, (dropped) => `dropped ${dropped}`) };
  };

  it('are all said to a reader who keeps up', () => {
    const { pipe, say } = opened();
    const read = Array.from({ length: 1_000 }, (_, n) => {
      say(`${n} ${line}`);
      return pipe.read()[0];
    });
    expect(read).to.deep.equal(Array.from({ length: 1_000 }, (_, n) => `${n} ${line}`));
  });
  it('take a bounded room, however many they are; how many were dropped is told with the next, once', () => {
    const { pipe, say } = opened();
    for (let n = 0; n < 100_000; n += 1) say(line);
    expect(pipe.most).to.be.below(70_000);
    const kept = pipe.read().length;
    say('again');
    say('and on');
    expect(pipe.read()).to.deep.equal([`dropped ${100_000 - kept}`, 'again', 'and on']);
  });
});
