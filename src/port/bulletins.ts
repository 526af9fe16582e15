/** What of one dataset one department answers for, when a month was closed. */
export interface BulletinLine {
  readonly dataset: string;
  /** Null: nobody is named. */
  readonly department: string | null;
  readonly records: number;
  /** Of these, records with nothing against them. */
  readonly passed: number;
}

/** A month's figures as they stood when it was closed. */
export interface Bulletin {
  /** `yyyy-MM` in the site's zone. */
  readonly month: string;
  /** When they were read: the month has ended by then, and may have long before. */
  readonly at: number;
  readonly lines: readonly BulletinLine[];
}

/** The months that have been closed. */
export interface BulletinStore {
  /** Keeps a month's figures for good; those of a month that was closed before stay as they are. */
  keepBulletin(bulletin: Bulletin): Promise<void>;
  /** The newest first. */
  closedMonths(): Promise<readonly Omit<Bulletin, 'lines'>[]>;
  /** Null: the month has not been closed. */
  bulletin(month: string): Promise<Bulletin | null>;
  /** When the first run began that is still known; null: none has. */
  firstRunAt(): Promise<number | null>;
}
