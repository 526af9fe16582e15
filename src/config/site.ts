import type { ContractData } from '../contract/data.ts';
import type { DatasetMapping } from '../mapping/dataset.ts';
import type { Example } from '../mapping/example.ts';
import type { InterfaceProfile } from '../port/profile.ts';
import type { Job } from '../record/job.ts';

/** Everything a site's files say, checked and frozen. */
export interface Site {
  /** Directory the files were read from. */
  readonly dir: string;
  readonly name: string;
  /** 6 digits, GB/T 2260. */
  readonly regionCode: string;
  readonly zone: '+08:00';
  readonly store: { readonly engine: 'sqlite'; readonly file: string };
  readonly profile: InterfaceProfile;
  readonly sources: Readonly<Record<string, { readonly engine: 'sqlite'; readonly file: string }>>;
  readonly contract: ContractData;
  readonly datasets: readonly DatasetMapping[];
  readonly jobs: readonly Job[];
  /** Rows with what must become of them, beside the mappings. */
  readonly examples: readonly Example[];
  /** First 16 hex digits of the SM3 over every file read, so that a record can say by which mapping it was made. */
  readonly version: string;
}
