/** How the region issues records, as data: the section `pull` of `interface.yaml`. Field meanings are told there. */
export interface PullProfile {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Names under which cursor and limit are asked for. */
  readonly ask: { readonly cursor: string; readonly limit: string };
  readonly limit: number;
  readonly page: { readonly records: string; readonly cursor: string; readonly more?: string; readonly count?: string; readonly digest?: string };
  /** What the page's digest is made with, over the records array; `none`: the region gives none. */
  readonly digest: 'sm3' | 'sha256' | 'none';
  /** `rising`: cursors are numbers that grow; `opaque`: nothing is known of them. */
  readonly cursors: 'rising' | 'opaque';
  readonly acknowledge?: { readonly method: 'POST' | 'PUT'; readonly path: string; readonly cursor: string };
  readonly resources: Readonly<Record<string, ResourceProfile>>;
  /** How refusals found later say which row they are about; absent: none are told. */
  readonly late?: LateProfile;
  /** Where the base catalogue comes, and which fields of which tables name its codes; absent: nothing is held against it. */
  readonly catalogue?: CatalogueProfile;
  /** Which records are citizens' ratings; absent: none are issued. */
  readonly ratings?: RatingProfile;
  /** How the region calls us; absent: it does not. */
  readonly callbacks?: CallbackProfile;
}

/** Requests of the region's to us: HMAC-SM3 over method, path, SM3 of the body, time and nonce. */
export interface CallbackProfile {
  readonly headers: { readonly timestamp: string; readonly nonce: string; readonly signature: string };
  readonly secret: string;
  /** How far its clock may be off, and how long a nonce counts. */
  readonly skewSeconds: number;
  /** Path of the records in the body. */
  readonly records: string;
  /** The resource that comes at each path. */
  readonly paths: Readonly<Record<string, string>>;
}

/** The base catalogue among what the region issues. */
export interface CatalogueProfile {
  readonly resource: string;
  readonly state: string;
  /** Values of `state` that mean a code is withdrawn. */
  readonly withdrawn: readonly string[];
  readonly tables: readonly string[];
  readonly field: string;
}

/** Citizens' ratings among what the region issues. */
export interface RatingProfile {
  readonly resource: string;
  /** Field with what was given, and the dictionary that names its values. */
  readonly value: string;
  readonly dictionary: string;
  /** Field that says who gave it: its values for a person, and for the region itself because nobody rated. Any other says nothing. */
  readonly given: { readonly field: string; readonly persons: readonly string[]; readonly default: readonly string[] };
}

/** Refusals found later, in one or several forms. */
export interface LateProfile {
  /** The resource they come as. */
  readonly resource: string;
  /** Field that names the form. */
  readonly form: string;
  readonly forms: Readonly<Record<string, LateForm>>;
}

/** Paths within such a record. The table is said by the record, or is always the same. */
export interface LateForm {
  readonly table?: string;
  readonly tableIs?: string;
  readonly rowGuid: string;
  readonly batch: string;
  readonly text: string;
  /** Whether the region still has the row it found fault with. */
  readonly regionKeeps: boolean;
}

/** What is different for one resource. */
export interface ResourceProfile {
  /** Field that names a record; what comes again under it is another version of the same. */
  readonly key: string;
  /** Field that orders the versions, compared as text; absent: the order of arrival does. */
  readonly version?: string;
  readonly path?: string;
  /** True: a person looks at them before they have any effect. */
  readonly waits: boolean;
  /** False: the region does not want to hear that we have it. */
  readonly acknowledged: boolean;
}
