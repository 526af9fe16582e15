/** How an answer's code is to be understood. `token`: the access token is no longer good; fetch one and try once more. */
export type AnswerVerdict = 'settled' | 'refused' | 'later' | 'denied' | 'in-progress' | 'token';

/** A region's interface as data: `mappings/region/<profile>/interface.yaml`. Field meanings are told there. */
export interface InterfaceProfile {
  readonly profile: string;
  readonly title: string;
  readonly transport: 'http';
  readonly baseUrl: string;
  readonly identity: { readonly appKey: string; readonly appSecret: string; readonly dataSource: string };
  readonly auth: {
    readonly scheme: 'aep';
    readonly form: 1 | 2;
    readonly cover: 'none' | 'body';
    readonly timestamp: 'seconds' | 'fraction';
    readonly headers: { readonly appKey: string; readonly timestamp: string; readonly nonce: string; readonly signature: string };
    readonly token?: {
      readonly path: string;
      readonly value: string;
      readonly expiresIn: string;
      readonly renewBeforeSeconds: number;
      readonly header: string;
      readonly prefix: string;
    };
  };
  readonly push: {
    readonly method: 'POST' | 'PUT';
    readonly path: string;
    readonly idempotencyHeader: string;
    readonly body: { readonly batchNo: string; readonly dataSource: string; readonly count: string; readonly digest: string; readonly records: string };
    readonly control: { readonly operation: string; readonly time: string; readonly batch: string; readonly source: string };
    readonly operations: { readonly create: string; readonly update: string; readonly remove: string };
    readonly removal: 'keys';
  };
  readonly ask: {
    readonly method: 'GET';
    readonly path: string;
    readonly state: string;
    readonly states: Readonly<Record<string, 'never-seen' | 'in-progress' | 'settled'>>;
  };
  readonly answer: {
    readonly code: string;
    readonly message: string;
    readonly verdicts: Readonly<Record<string, AnswerVerdict>>;
    readonly receipts: string;
    readonly receipt: {
      readonly rowGuid: string;
      readonly code: string;
      readonly field: string;
      readonly message: string;
      readonly verdicts: Readonly<Record<string, 'accepted' | 'warned' | 'refused'>>;
    };
  };
  readonly order: readonly (readonly string[])[];
  readonly text: {
    readonly unit: 'characters' | 'utf8' | 'gbk';
    readonly repertoire: 'bmp' | 'unicode';
    /** File in the profile's folder with what stands for characters the columns cannot hold; absent: such records are refused. */
    readonly replace?: string;
  };
  readonly limits: Limits;
}

/** How much the region takes at a time, and how long to wait for it. */
export interface Limits {
  readonly recordsPerBatch: number;
  readonly bytesPerBatch: number;
  /** Requests under way at once. */
  readonly connections: number;
  readonly connectMs: number;
  readonly answerMs: number;
  readonly answerBytes: number;
  /** The longest rest the region may ask for. */
  readonly restCapMs: number;
}
