import type { MariadbSetting, PostgresSetting } from './source-setting.ts';
import type { CompareProfile } from './compare-profile.ts';
import type { PullProfile } from './pull-profile.ts';
import type { VerifyProfile } from './verifier.ts';
import type { BodyFormat, KeyRule, OpenRule, Place, Template, TokenRule, Tree, ValueRule } from './profile-value.ts';
import type { WorkWindow } from '../record/work-window.ts';

/**
 * How an answer's code is to be understood. `settled`: a receipt for each record follows. `accepted`, `warned`, `refused`:
 * of the batch as a whole. `duplicate`: the region has it already; that is good news only of a batch in doubt.
 * `token`: what was fetched for signing is no longer good; fetch anew and try once more.
 */
export type AnswerVerdict = 'settled' | 'accepted' | 'warned' | 'refused' | 'duplicate' | 'unknown' | 'later' | 'denied' | 'in-progress' | 'token';
export type ReceiptVerdict = 'accepted' | 'warned' | 'refused' | 'duplicate';

/** A region's interface as data: `mappings/region/<profile>/interface.yaml`. Field meanings are told in docs/new-region.md. */
export type InterfaceProfile = HttpProfile | FrontdbProfile;

/** What every profile says, whatever the way to the region. */
interface CommonProfile {
  readonly profile: string;
  readonly title: string;
  /** Another profile's folder, from this one, whose tables, dictionaries and rules hold here too. */
  readonly shares?: string;
  /** Names and secrets that the region has given out; any text may name them. */
  readonly identity: Readonly<Record<string, string>>;
  readonly records: RecordRule;
  readonly order: readonly (readonly string[])[];
  readonly text: {
    readonly unit: 'characters' | 'utf8' | 'gbk';
    readonly repertoire: 'bmp' | 'unicode';
    /** File in the profile's folder with what stands for characters the columns cannot hold; absent: such records are refused. */
    readonly replace?: string;
  };
  /** Absent: this region issues nothing. */
  readonly pull?: PullProfile;
  /** Absent: licences that are shown cannot be verified. */
  readonly verify?: VerifyProfile;
  readonly limits: Limits;
  /** Absent: nothing but the receipts. */
  readonly compare?: CompareProfile;
  /** Absent: as usual. */
  readonly breaker?: BreakerRule;
}

/** How a record is written. */
export interface RecordRule {
  readonly names?: 'as-is' | 'camelCase' | 'PascalCase';
  /** Fields whose name follows no style. */
  readonly rename?: Readonly<Record<string, string>>;
  /** Fields that delivery fills in, after the business fields, in this order: constant, or made of the batch, the table and `{record.<field>}`. */
  readonly fields: Readonly<Record<string, Template>>;
  readonly operations: { readonly create: string; readonly update: string; readonly remove: string };
  /** `keys`: a removal carries row_guid and the fields above only. */
  readonly removal: 'keys';
}

/** The region over HTTP. */
export interface HttpProfile extends CommonProfile {
  readonly transport: 'http';
  readonly baseUrl: string;
  readonly clock?: ClockRule;
  readonly keys?: Readonly<Record<string, KeyRule>>;
  readonly values?: Readonly<Record<string, ValueRule>>;
  readonly tokens?: Readonly<Record<string, TokenRule>>;
  /** Of every request. */
  readonly headers?: Readonly<Record<string, Template>>;
  readonly http?: HttpRule;
  readonly tls?: TlsRule;
  readonly push: PushRule;
  readonly ask: AskRule;
  readonly answer: AnswerRule;
}

/** The region over an exchange database (前置库): rows are put there, a poller of the region's takes them. */
export interface FrontdbProfile extends CommonProfile {
  readonly transport: 'frontdb';
  readonly database: MariadbSetting | PostgresSetting;
  readonly exchange: ExchangeRule;
}

/** How rows lie in an exchange database. Columns are named in the profile's style (`records.names`), from the names written here. */
export interface ExchangeRule {
  /** Column of the batch number, by which rows are found again: there is no unique key. */
  readonly batch: string;
  readonly rowGuid: string;
  /** Tables that go by another name there. */
  readonly tables?: Readonly<Record<string, string>>;
  /** Column in which the poller marks what it has taken. Left out: a row is accepted once it is written. */
  readonly synced?: { readonly column: string; readonly done: readonly string[] };
  /** Tables in which the poller tells what it found wrong; looked into once every row of a batch has been taken. */
  readonly errors: readonly ErrorTable[];
}

export interface ErrorTable {
  readonly table: string;
  /** Columns, named as they are. */
  readonly batch: string;
  readonly rowGuid: string;
  readonly code?: string;
  readonly message: string;
  /** Only for rows of these tables; left out: of all. */
  readonly of?: readonly string[];
}

/** Whose clock signatures follow, and how far the two may be apart before an answer's refusal is blamed on it. */
export interface ClockRule {
  readonly allowSeconds: number;
  /** `region`: times in signatures are moved by what the region's `Date` header says; left out, they are ours. */
  readonly follow?: 'region';
}

/** What is demanded of the wire beyond the limits; what is left out has a default told in docs/new-region.md. */
export interface HttpRule {
  readonly headersMs?: number;
  /** A body that comes more slowly than this over `rateMs` is given up. */
  readonly leastBytesPerSecond?: number;
  readonly rateMs?: number;
  readonly decodedBytes?: number;
  /** Of answers that do not say. */
  readonly charset?: string;
}

/** Files are named from the site's folder. There is no way to leave out verification. */
export interface TlsRule {
  readonly ca?: string;
  readonly certificate?: string;
  readonly key?: string;
  readonly passphrase?: string;
  readonly serverName?: string;
  /** Days before a certificate ends at which that is told. */
  readonly warnDays?: number;
}

export interface PushRule {
  readonly method: 'POST' | 'PUT';
  readonly path: Template;
  readonly headers?: Readonly<Record<string, Template>>;
  readonly format?: BodyFormat;
  /** What is said: kept, and the same for ever; it may name the batch, the table and the identity. */
  readonly body: Tree;
  /** What travels in its place, made anew for each sending: it may name any value, and `{plain}` for what is said. */
  readonly travels?: Tree;
  readonly gzip?: boolean;
  /** What is other for one table: constants by name, another path, another body. */
  readonly tables?: Readonly<Record<string, TableRule>>;
}

export interface TableRule {
  readonly values?: Readonly<Record<string, string>>;
  readonly path?: Template;
  readonly body?: Tree;
}

/** How the region is asked after a batch; or, where it cannot be asked, what becomes of one in doubt. */
export type AskRule =
  | {
      readonly method: 'GET' | 'POST';
      readonly path: Template;
      readonly headers?: Readonly<Record<string, Template>>;
      readonly format?: BodyFormat;
      readonly body?: Tree;
      readonly travels?: Tree;
      readonly state: Place;
      readonly states: Readonly<Record<string, 'never-seen' | 'in-progress' | 'settled'>>;
    }
  | { readonly cannot: 'send-again' | 'hold'; readonly why: string };

export interface AnswerRule {
  /** A part of the body that comes sealed, and how it is opened; it is `{value}` there. */
  readonly opened?: { readonly at: Place; readonly by: OpenRule };
  /** Several places are joined by `/`. */
  readonly code: Place | readonly Place[];
  readonly message: Place;
  readonly verdicts: Readonly<Record<string, AnswerVerdict>>;
  /** By HTTP status, of answers without a code. */
  readonly statuses?: Readonly<Record<string, AnswerVerdict>>;
  readonly receipts?: readonly ReceiptRule[];
  /** Records for which a settled answer has no receipt; left out: then nothing is settled. */
  readonly others?: 'accepted' | 'refused';
}

/** A list of receipts in an answer; its verdict is that of the whole list, or told by each one's code. */
export interface ReceiptRule {
  readonly list: Place;
  readonly rowGuid: Place;
  readonly code?: Place;
  readonly field?: Place;
  readonly message?: Place;
  readonly verdict?: ReceiptVerdict;
  readonly verdicts?: Readonly<Record<string, ReceiptVerdict>>;
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
  /** Absent: as many as the connections bear. */
  readonly requestsPerSecond?: number;
  /** When the region may be sent to; absent: always. */
  readonly windows?: readonly WorkWindow[];
}

/** When a region that does not answer is left in peace, and for how long. */
export interface BreakerRule {
  /** Of the requests of the last minute without an answer, 0 to 1; more than that open it. */
  readonly share: number;
  /** Of fewer requests in a minute nothing is concluded. */
  readonly least: number;
  /** How long it is left in peace first; then twice as long each time it is tried in vain. */
  readonly restMs: number;
  readonly restCapMs: number;
}

/** What holds where an interface file says nothing. */
export const usualBreaker: BreakerRule = { share: 0.5, least: 5, restMs: 30_000, restCapMs: 900_000 };
