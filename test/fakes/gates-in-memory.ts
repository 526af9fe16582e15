import type { Gate, GateStanding, GateStore, GateWord } from '../../src/port/gates.ts';

/** What is kept of gates, without a file. */
export class GatesInMemory implements GateStore {
  readonly kept = new Map<string, GateStanding & { heard: number }>();
  readonly words: GateWord[] = [];

  async gate(name: string): Promise<Gate> {
    const at = this.words.findLastIndex((word) => word.gate === name);
    const said = this.words[at];
    const standing = this.kept.get(name) ?? null;
    return { standing, held: said?.word === 'hold' ? said : null, released: said?.word === 'release' && at >= (standing?.heard ?? 0) };
  }

  async gates(): Promise<readonly GateStanding[]> {
    return [...this.kept.values()];
  }

  async keepGate(standing: GateStanding): Promise<void> {
    this.kept.set(standing.gate, { ...standing, heard: this.words.length });
  }

  async gateWords(): Promise<readonly GateWord[]> {
    return [...new Map(this.words.map((word) => [word.gate, word])).values()];
  }

  async sayGate(word: GateWord): Promise<void> {
    this.words.push(word);
  }
}
