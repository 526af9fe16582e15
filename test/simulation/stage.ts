import { County } from './county.ts';
import { Equations } from './equations.ts';
import { Memory } from './memory.ts';
import { unharmed, type Mutant } from './mutant.ts';
import { VirtualTime } from './virtual-world.ts';

/** What is opened once and serves one history after the other. While it is open the process has no other time. */
export class Stage {
  readonly time = new VirtualTime();
  readonly mutant: Mutant;
  readonly memory: Memory;
  readonly equations: Equations;
  readonly county: County;
  /** How far the gateway's wall clock is off just now. */
  offMs = 0;

  constructor(mutant: Mutant = unharmed) {
    this.mutant = mutant;
    this.memory = new Memory(mutant.desk);
    this.equations = new Equations(this.memory.desk.database);
    this.county = new County({ wallMs: () => this.time.now + this.offMs });
  }

  begin(): void {
    this.time.begin();
    this.offMs = 0;
    this.memory.begin();
    this.county.begin();
  }

  async end(): Promise<void> {
    this.memory.close();
    await this.county.close();
    this.time.end();
  }
}
