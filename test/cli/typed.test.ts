import { expect } from 'chai';
import { terminal } from '../fakes/parts-in-memory.ts';

describe('what a person types wrongly', () => {
  for (const [words, told] of [
    [['nonsense'], /^COMMAND_UNKNOWN 没有命令 nonsense/],
    [['statsu'], /^COMMAND_UNKNOWN .*您是不是想写 status$/],
    [['status', '--dat', 'x'], /^OPTION_UNKNOWN 没有选项 --dat，.*您是不是想写 --data$/],
    [['run'], /^ARGUMENT_MISSING 缺参数 job；/],
    [['run', 'items', 'cases'], /^ARGUMENTS_TOO_MANY run /],
    [['conflicts', 'decide', '1', 'region'], /^OPTION_MISSING 缺必须写的选项 --seen/],
    [['status', '--data'], /^OPTION_WITHOUT_VALUE 选项 --data/],
    [['conflicts', 'list', '--limit', 'ten'], /^OPTION_NOT_A_NUMBER --limit/],
    [['conflicts', 'list', '--limit', '-1'], /^OPTION_NOT_A_NUMBER --limit/],
  ] as const) {
    it(`is told by its code and in the reader's language, and ends with 2: ${words.join(' ')}`, async () => {
      const { said, complaints, type } = terminal();
      expect(await type(...words)).to.equal(2);
      expect(complaints.join('\n')).to.match(told);
      expect(said).to.deep.equal([]);
    });
  }
});

describe('help', () => {
  it('is there for every command, in the reader’s language, titles and all', async () => {
    const asked: string[] = [];
    const walk = async (words: readonly string[]): Promise<void> => {
      const { said, type } = terminal();
      expect(await type(...words, '--help')).to.equal(0);
      const page = said.join('\n');
      asked.push(words.join(' '));
      expect(page, words.join(' ')).to.not.match(/\bcli\.|Usage:|Options:|Commands:|display help|default:/);
      for (const name of commandsIn(page)) await walk([...words, name]);
    };
    await walk([]);
    expect(asked).to.include('quarantine redrive').and.include('conflicts decide').and.have.length.above(30);
  });
});

/** Names of the commands a page of help lists, but for help itself. */
function commandsIn(page: string): string[] {
  return [...(page.split('命令：\n')[1] ?? '').matchAll(/^ {2}([a-z-]+)/gm)].map((hit) => hit[1] ?? '').filter((name) => name !== 'help');
}
