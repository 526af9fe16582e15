import type { Site } from '../config/site.ts';
import type { Remark } from '../port/quality.ts';
import type { Problem, Severity } from '../record/problem.ts';

/** What one rule, or one check of one field, costs a dataset. */
export interface RuleQuality {
  readonly dataset: string;
  readonly code: string;
  readonly table: string;
  readonly field: string;
  /** Identifier of the rule, where a rule of the region's profile found it. */
  readonly rule: string;
  /** Who owns the rule, by the profile. */
  readonly owner: string;
  readonly severity: Severity;
  /** Records concerned; a record counts once, however often it offends. */
  readonly records: number;
  /** Of these, records with nothing else against them: mending this alone sets them free. */
  readonly alone: number;
  /** Share of the dataset's records that it does not concern. */
  readonly rate: number | null;
}

/** A record set aside, as far as rules go. */
export interface Refused {
  readonly dataset: string;
  readonly problems: readonly Problem[];
}

const weights: Readonly<Record<Severity, number>> = { refuse: 0, warn: 1, note: 2 };

/** Adds up by rule what keeps records back or is remarked on them. */
export class RuleLedger {
  readonly #site: Site;
  readonly #totals: ReadonlyMap<string, number>;
  readonly #counts = new Map<string, { about: Omit<RuleQuality, 'records' | 'alone' | 'rate'>; records: number; alone: number }>();

  /** `totals`: how many records each dataset has. */
  constructor(site: Site, totals: ReadonlyMap<string, number>) {
    this.#site = site;
    this.#totals = totals;
  }

  refuse({ dataset, problems }: Refused): void {
    const met = new Map(problems.map(({ code, severity, table = '', field = '', rule = '' }) => [
      `${severity} ${code} ${table} ${field} ${rule}`, { dataset, code, severity, table, field, rule },
    ]));
    const against = [...met.values()].filter((one) => one.severity === 'refuse').length;
    for (const one of met.values()) this.#add({ ...one, count: 1 }, one.severity === 'refuse' && against === 1);
  }

  remark(remark: Remark): void {
    this.#add(remark, false);
  }

  /** What refuses comes first, then by how many records it concerns. */
  rules(): readonly RuleQuality[] {
    return [...this.#counts.values()].map(({ about, records, alone }) => {
      const total = this.#totals.get(about.dataset) ?? 0;
      return { ...about, records, alone, rate: total === 0 ? null : (total - records) / total };
    }).toSorted((one, other) => weights[one.severity] - weights[other.severity] || other.records - one.records || (one.code < other.code ? -1 : 1));
  }

  #add({ dataset, code, severity, table, field, rule, count }: Remark, alone: boolean): void {
    const name = [dataset, code, severity, table, field, rule].join('\t');
    const owner = this.#site.contract.rules.find((one) => one.id === rule)?.owner ?? '';
    const before = this.#counts.get(name) ?? { about: { dataset, code, severity, table, field, rule, owner }, records: 0, alone: 0 };
    this.#counts.set(name, { ...before, records: before.records + count, alone: before.alone + (alone ? 1 : 0) });
  }
}
