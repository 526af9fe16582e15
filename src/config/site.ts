import type { ContractData } from '../contract/data.ts';
import type { DatasetMapping, FieldName } from '../mapping/dataset.ts';
import type { Indicator } from '../mapping/indicator.ts';
import type { DownMapping } from '../mapping/down.ts';
import type { Example } from '../mapping/example.ts';
import type { InterfaceProfile } from '../port/profile.ts';
import type { ScanList } from '../port/scan-list.ts';
import type { SinkSetting } from '../port/sink.ts';
import type { SourceSetting } from '../port/source-setting.ts';
import type { AlarmSetting } from '../record/alarm-rule.ts';
import type { Personal } from '../record/personal.ts';
import type { Job } from '../record/job.ts';
import type { WorkCalendar } from '../record/work-window.ts';

/** Everything a site's files say, checked and frozen. */
export interface Site {
  /** Directory the files were read from. */
  readonly dir: string;
  readonly name: string;
  /** 6 digits, GB/T 2260. */
  readonly regionCode: string;
  readonly zone: '+08:00';
  /** Holidays and the days on which they are made up for; null: the site has no calendar. */
  readonly calendar: WorkCalendar | null;
  readonly store: { readonly engine: 'sqlite'; readonly file: string };
  readonly profile: InterfaceProfile;
  readonly sources: Readonly<Record<string, SourceSetting>>;
  /** Where pulled data may be written. */
  readonly sinks: Readonly<Record<string, SinkSetting>>;
  readonly contract: ContractData;
  /** Folder of the region's tables and dictionaries, from the site's directory. */
  readonly contractFolder: string;
  /** Fields of the region that nobody may correct in the gateway; null where the profile does not say: then nothing may be corrected. */
  readonly protectedFields: readonly FieldName[] | null;
  /** What of the region's fields is about persons, and how it is masked. */
  readonly personal: Personal;
  /** What is an alarm, and to whom it is told. */
  readonly alarms: AlarmSetting;
  readonly datasets: readonly DatasetMapping[];
  /** Items that accept a scanned licence. */
  readonly scans: readonly ScanList[];
  /** What the region issues, and what it means at the county. */
  readonly downs: readonly DownMapping[];
  readonly jobs: readonly Job[];
  /** Within how many days of being set aside a record is to be mended; null where the site sets no such time. */
  readonly mendWithinDays: number | null;
  readonly retention: { readonly bodyDays: number; readonly evidenceYears: number };
  /** Figures with their definitions, from `indicators/`. */
  readonly indicators: readonly Indicator[];
  /** Rows with what must become of them, beside the mappings. */
  readonly examples: readonly Example[];
  /** First 16 hex digits of the SM3 over every file read, so that a record can say by which mapping it was made. */
  readonly version: string;
}
