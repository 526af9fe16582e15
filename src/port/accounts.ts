/** The five kinds of people; one account has one of them: 系统管理员、安全管理员、审计管理员、业务操作员、只读. */
export type Role = 'system' | 'security' | 'audit' | 'operator' | 'reader';

export const roles: readonly Role[] = ['system', 'security', 'audit', 'operator', 'reader'];

/** Who may use the console. A login is never given to a second person, so accounts are disabled and not removed. */
export interface Account {
  readonly id: number;
  readonly login: string;
  readonly name: string;
  /** Null until a second person has given it rights. */
  readonly role: Role | null;
  /** Datasets it is limited to; null: all. */
  readonly datasets: readonly string[] | null;
  readonly state: 'enabled' | 'disabled';
  /** As `scrypt$N$r$p$salt$hash`. */
  readonly password: string;
  readonly passwordAt: number;
  /** Given by somebody else: must be changed before anything else. */
  readonly mustChange: boolean;
  /** The second factor's secret, sealed; null: none. */
  readonly secret: string | null;
  /** A secret that has been shown and not yet proved. */
  readonly newSecret: string | null;
  /** The last 30-second step whose code has been used: no code is good twice. */
  readonly usedStep: number;
  readonly createdAt: number;
  readonly createdBy: string;
  readonly lastLoginAt: number | null;
}

export type AccountChange = Partial<Omit<Account, 'id' | 'login' | 'createdAt' | 'createdBy'>>;
export type NewAccount = Omit<Account, 'id'>;

/** What must be done before anything else is allowed. */
export type Stage = 'password' | 'second-factor' | 'full';

/** Somebody signed in; kept under a hash of what the browser holds. */
export interface SessionRecord {
  readonly hash: string;
  readonly account: number;
  readonly csrf: string;
  readonly stage: Stage;
  readonly address: string;
  readonly startedAt: number;
  readonly seenAt: number;
}

/** A wish to see one record unmasked, and what became of it. */
export interface Unmasking {
  readonly id: number;
  readonly record: number;
  readonly dataset: string;
  readonly askedBy: number;
  readonly askedAt: number;
  readonly reason: string;
  readonly decidedBy: number | null;
  readonly decidedAt: number | null;
  readonly granted: boolean | null;
  readonly decision: string | null;
  readonly endsAt: number | null;
}

/** The console's own memory: who may use it, and who does. */
export interface AccountStore {
  accounts(): Promise<readonly Account[]>;
  account(id: number): Promise<Account | null>;
  byLogin(login: string): Promise<Account | null>;
  /** All or none; null when a login is taken already, or when `first` is asked for and there are accounts. */
  add(accounts: readonly NewAccount[], how?: { readonly first: boolean }): Promise<readonly number[] | null>;
  /** False when the account has moved on since it was read. A new password is kept among the old ones too. */
  change(before: Account, change: AccountChange): Promise<boolean>;
  /** The newest first, the one in force among them. */
  oldPasswords(account: number, count: number): Promise<readonly string[]>;

  noteFailure(kind: 'login' | 'address', subject: string, at: number): Promise<void>;
  /** Times of failures since then, the oldest first. */
  failures(kind: 'login' | 'address', subject: string, since: number): Promise<readonly number[]>;
  forgetFailures(kind: 'login' | 'address', subject: string): Promise<void>;

  session(hash: string): Promise<SessionRecord | null>;
  /** Ends every other session of the account. */
  begin(session: SessionRecord): Promise<void>;
  touch(hash: string, change: { readonly seenAt?: number; readonly stage?: Stage }): Promise<void>;
  endSession(hash: string): Promise<void>;
  endSessions(account: number, except?: string): Promise<void>;

  setting(name: string): Promise<string | null>;
  setSetting(name: string, value: string): Promise<void>;

  unmasking(id: number): Promise<Unmasking | null>;
  /** The newest first; of one account when it is named. */
  unmaskings(askedBy: number | null, limit: number): Promise<readonly Unmasking[]>;
  askUnmasking(wish: Pick<Unmasking, 'record' | 'dataset' | 'askedBy' | 'askedAt' | 'reason'>): Promise<number>;
  /** False when somebody else has decided already. */
  decideUnmasking(id: number, decision: { readonly by: number; readonly at: number; readonly granted: boolean; readonly reason: string; readonly endsAt: number | null }): Promise<boolean>;
}
