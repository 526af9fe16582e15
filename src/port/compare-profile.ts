/** What every mode may say besides its own questions. */
interface Shared {
  /** How the region shows a row it has, every copy of it; absent: differences are told without their fields. */
  readonly show?: {
    readonly method: 'POST' | 'GET';
    readonly path: string;
    /** Name of the row_guid in the question. */
    readonly rowGuid: string;
    readonly rows: string;
  };
  /** What a removal takes of a row that is there several times: the newest copy. Absent: nobody knows, and a person must see to it. */
  readonly removes?: 'newest';
}

/** How a digest is written. */
export type DigestForm = 'hex' | 'base64' | 'base64url';

/** The region tells digests of rows by the beginning of their row_guid, and below so many rows the rows themselves. */
export interface DigestsMode extends Shared {
  readonly mode: 'digests';
  readonly method: 'POST' | 'GET';
  /** `{table}` is filled in. */
  readonly path: string;
  /** Name of the prefix in the question. */
  readonly prefix: string;
  readonly rows: string;
  readonly row: { readonly rowGuid: string; readonly digest: string };
  readonly buckets: string;
  readonly bucket: { readonly prefix: string; readonly count: string; readonly digest: string };
  readonly digest: DigestForm;
  /** What a bucket's digest is made of, row by row in the order of row_guids. */
  readonly line: string;
}

/** The region counts its rows by two of their fields, and may have a digest for each group. */
export interface GroupsMode extends Shared {
  /** `days`: a digest for each day. `counts`: numbers only. */
  readonly mode: 'days' | 'counts';
  readonly method: 'POST' | 'GET';
  readonly path: string;
  /** By table: the field whose first ten characters (or eight digits) are the day, and the field that is the type. Other tables cannot be compared. */
  readonly by: Readonly<Record<string, { readonly day?: string; readonly type?: string }>>;
  readonly groups: string;
  readonly group: { readonly day: string; readonly type: string; readonly count: string; readonly digest?: string };
  readonly digest?: DigestForm;
  readonly line?: string;
}

/** The region lets page through its keys, with a digest of each row or without. */
export interface KeysMode extends Shared {
  readonly mode: 'keys';
  readonly method: 'POST' | 'GET';
  readonly path: string;
  readonly cursor: string;
  readonly limit: { readonly name: string; readonly rows: number };
  readonly rows: string;
  readonly row: { readonly rowGuid: string; readonly digest?: string };
  readonly next: string;
  readonly digest?: DigestForm;
}

/** The region offers nothing: only what it acknowledged is known. */
export interface ReceiptsMode {
  readonly mode: 'receipts';
}

/** What a region offers for comparing, as data: the block `compare` of interface.yaml. */
export type CompareProfile = DigestsMode | GroupsMode | KeysMode | ReceiptsMode;
export type CompareMode = CompareProfile['mode'];
