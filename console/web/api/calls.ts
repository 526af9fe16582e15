// Written from console/server/openapi.yaml by `npm run console:calls`; a test holds the two together.

export type Moment = number;
export type MaybeMoment = number | null;
export type Next = number | null;
export type Count = number;
export type Reason = string;
export type Login = string;
export type PersonName = string;
export type Password = string;
export type Role = 'system' | 'security' | 'audit' | 'operator' | 'reader';
export type RunState = 'running' | 'done' | 'pending' | 'failed' | 'stopped';
export type EnvelopeState = 'open' | 'waiting' | 'held' | 'lent' | 'delivered' | 'quarantined' | 'superseded';
export type AuditResult = 'done' | 'refused' | 'failed';
export type Severity = 'refuse' | 'warn' | 'note';
export type Error = { readonly code: string; readonly what: string; readonly mend?: string; readonly facts?: Readonly<Record<string, string | number>> };
export type PasswordRules = { readonly minLength: number; readonly classes: number; readonly secondFactor: 'required' | 'optional' };
export type Policy = { readonly minLength: number; readonly classes: number; readonly history: number; readonly maxAgeDays: number; readonly failures: number; readonly failureWindowMinutes: number; readonly lockMinutes: number; readonly addressFailures: number; readonly idleMinutes: number; readonly absoluteHours: number; readonly idleDays: number; readonly secondFactor: 'required' | 'optional' };
export type Session = { readonly state: 'none' | 'in'; readonly stage?: 'password' | 'second-factor' | 'full'; readonly account?: number; readonly login?: string; readonly name?: string; readonly role?: Role; readonly permissions?: readonly string[]; readonly datasets?: readonly string[] | null; readonly csrf?: string; readonly idleAt?: Moment; readonly endsAt?: Moment; readonly secondFactor?: boolean; readonly passwordEndsAt?: Moment };
export type Tally = { readonly kept: Count; readonly delivered: Count; readonly refused: Count };
export type Lamp = { readonly state: 'closed' | 'half-open' | 'open'; readonly since: MaybeMoment; readonly reason: string | null };
export type Gate = { readonly gate: string; readonly title: string | null; readonly state: 'open' | 'shut' | 'held' | 'rests'; readonly since: MaybeMoment; readonly reason: string | null; readonly tryAt: MaybeMoment; readonly said: { readonly word: 'hold' | 'release'; readonly by: string; readonly at: Moment; readonly reason: string } | null };
export type Overview = { readonly site: string; readonly at: Moment; readonly version: string; readonly region: Lamp; readonly alarms: { readonly open: Count; readonly worst: 'alarm' | 'warning' | null }; readonly auditWell: boolean; readonly datasets: readonly { readonly dataset: string; readonly title: string; readonly direction: 'up' | 'down'; readonly atRegion: Count; readonly delivered: Count; readonly waiting: Count; readonly quarantined: Count; readonly oldestWaitingAt: MaybeMoment; readonly today: Tally; readonly yesterday: Tally; readonly lastSuccessAt: MaybeMoment; readonly lastRun: Run | null; readonly nextRunAt: MaybeMoment; readonly paused: boolean }[] };
export type RunProgress = { readonly run: number | null; readonly job: string; readonly startedAt: Moment; readonly read: Count; readonly sent: Count; readonly perSecond: number | null; readonly remainingSeconds: number | null };
export type Run = { readonly id: number; readonly job: string; readonly title: string; readonly dataset: string; readonly mode: string; readonly state: RunState; readonly startedAt: Moment; readonly endedAt: MaybeMoment; readonly perSecond: number | null; readonly counts: { readonly read: Count; readonly delivered: Count; readonly quarantined: Count; readonly same: Count; readonly pending: Count }; readonly failure: Error | null };
export type MissedRuns = { readonly job: string; readonly title: string; readonly reason: 'down' | 'overlapping' | 'outside'; readonly why: string; readonly firstDue: Moment; readonly lastDue: Moment; readonly times: number; readonly run: number | null };
export type Job = { readonly job: string; readonly title: string; readonly dataset: string; readonly mode: string; readonly cron: string | null; readonly words: string; readonly next: readonly Moment[]; readonly after: readonly string[]; readonly paused: { readonly at: Moment; readonly by: string; readonly reason: string } | null; readonly running: RunProgress | null; readonly waiting: boolean; readonly lastRun: Run | null };
export type PlanState = { readonly state: 'running' | 'done' | 'failed'; readonly job: string; readonly read: Count; readonly failure: Error | null; readonly plan: null | { readonly plan: string; readonly job: string; readonly dataset: string; readonly mode: string; readonly made: string; readonly records: Readonly<Record<string, number>>; readonly tables: readonly Readonly<Record<string, unknown>>[]; readonly fields: readonly Readonly<Record<string, unknown>>[]; readonly examples?: readonly Readonly<Record<string, unknown>>[]; readonly problems: readonly Readonly<Record<string, unknown>>[]; readonly guard: Readonly<Record<string, unknown>>; readonly onTheWay: number; readonly duration: Readonly<Record<string, unknown>> } };
export type Problem = { readonly code: string; readonly title: string; readonly what: string; readonly mend: string; readonly severity: Severity; readonly field: string; readonly rule: { readonly id: string; readonly sentence: string; readonly source: string; readonly owner: string } | null };
export type FoundRecord = { readonly record: number; readonly dataset: string; readonly title: string; readonly key: string; readonly identity: string | null; readonly holder: string | null; readonly state: EnvelopeState; readonly keptAt: Moment; readonly version: number; readonly atRegion: boolean };
export type RecordWalk = { readonly record: number; readonly dataset: string; readonly title: string; readonly key: string; readonly identity: string | null; readonly holder: string | null; readonly department: string | null; readonly atRegion: { readonly version: number; readonly rows: number } | null; readonly versions: readonly { readonly seq: number; readonly version: number; readonly operation: 'put' | 'remove'; readonly state: EnvelopeState; readonly keptAt: Moment; readonly settledAt: MaybeMoment; readonly run: number; readonly made: string; readonly waits: string | null; readonly problems: readonly Problem[]; readonly batches: readonly { readonly no: string; readonly table: string; readonly state: string; readonly writtenAt: Moment; readonly attempts: readonly { readonly at: Moment; readonly kind: string; readonly verdict: string; readonly detail: string }[]; readonly receipts: readonly { readonly verdict: string; readonly code: string; readonly field: string; readonly message: string }[] }[] }[] };
export type MaskedField = { readonly table: string; readonly field: string; readonly label: string; readonly value: string | number | null; readonly class: 'plain' | 'personal' | 'sensitive' };
export type RecordContent = { readonly record: number; readonly dataset: string; readonly version: number; readonly masked: boolean; readonly endsAt: MaybeMoment; readonly rows: readonly { readonly table: string; readonly title: string; readonly fields: readonly MaskedField[] }[] };
export type FieldDifference = { readonly table: string; readonly row: number; readonly field: string; readonly label: string; readonly from: string | number | null; readonly to: string | number | null };
export type Unmasking = { readonly id: number; readonly record: number; readonly dataset: string; readonly state: 'asked' | 'granted' | 'refused' | 'over'; readonly askedBy: string; readonly askedAt: Moment; readonly reason: string; readonly decidedBy: string | null; readonly decidedAt: MaybeMoment; readonly decision: string | null; readonly endsAt: MaybeMoment; readonly own: boolean };
export type QuarantineGroup = { readonly dataset: string; readonly title: string; readonly code: string; readonly meaning: string; readonly mend: string; readonly field: string; readonly label: string; readonly value: string; readonly department: string | null; readonly count: Count; readonly oldestAt: MaybeMoment; readonly dueAt: MaybeMoment };
export type Quarantined = { readonly seq: number; readonly record: number; readonly dataset: string; readonly title: string; readonly key: string; readonly version: number; readonly asideAt: Moment; readonly dueAt: MaybeMoment; readonly problems: readonly Problem[] };
export type QuarantinedRecord = { readonly about: Quarantined; readonly row: readonly { readonly of: string; readonly column: string; readonly value: string | number | null }[] };
export type Conflict = { readonly id: number; readonly dataset: string; readonly title: string; readonly key: string; readonly table: string; readonly column: string; readonly label: string; readonly class: 'plain' | 'personal' | 'sensitive'; readonly agreed: string | null; readonly county: string | null; readonly region: string | null; readonly seen: string; readonly openedAt: Moment };
export type GroupChoice = { readonly dataset: string; readonly code?: string; readonly field?: string; readonly value?: string; readonly department?: string; readonly seqs?: readonly number[] };
export type CodeLine = { readonly table: string; readonly from: string; readonly to: string };
export type MendingPreview = { readonly examined: Count; readonly passed: Count; readonly kept: Count; readonly problems: readonly { readonly code: string; readonly title: string; readonly field: string; readonly count: number }[]; readonly examples: readonly { readonly seq: number; readonly key: string; readonly passes: boolean; readonly fields: readonly MaskedField[] }[] };
export type ImportReport = { readonly applied: boolean; readonly taken: Count; readonly refused: Count; readonly lines: readonly { readonly line: number; readonly key: string; readonly verdict: string; readonly what: string }[] };
export type MappingList = { readonly version: string; readonly datasets: readonly { readonly dataset: string; readonly title: string; readonly source: string; readonly table: string; readonly tables: readonly string[]; readonly fields: number; readonly examples: number }[]; readonly codeTables: readonly { readonly table: string; readonly title: string; readonly lines: number; readonly unmapped: number }[] };
export type IssuedLists = { readonly lists: readonly { readonly number: number; readonly dictionary: string; readonly version: string; readonly known: boolean; readonly plan: string; readonly added: readonly string[]; readonly removed: readonly string[]; readonly renamed: readonly { readonly code: string; readonly before: string; readonly after: string }[]; readonly broken: readonly { readonly dataset: string; readonly field: string; readonly table: string; readonly from: string; readonly to: string }[]; readonly carried: readonly { readonly dataset: string; readonly field: string; readonly code: string; readonly records: number }[]; readonly unread: number }[]; readonly withdrawn: number | null; readonly warned: number };
export type Mapping = { readonly dataset: string; readonly title: string; readonly file: string; readonly text: string; readonly tables: readonly { readonly table: string; readonly title: string; readonly fields: readonly { readonly field: string; readonly label: string; readonly required: boolean; readonly dictionary: string | null; readonly from: string; readonly steps: readonly string[] }[] }[]; readonly examples: readonly { readonly name: string; readonly row: Readonly<Record<string, unknown>>; readonly outcome: string; readonly records: Readonly<Record<string, unknown>> }[] };
export type PreviewRow = { readonly row: Readonly<Record<string, string | number | null>>; readonly outcome: 'good' | 'bad' | 'gone'; readonly problems: readonly Problem[]; readonly fields: readonly MaskedField[] };
export type CodeTable = { readonly table: string; readonly title: string; readonly dictionary: string | null; readonly lines: readonly { readonly from: string; readonly to: string; readonly meaning: string }[]; readonly choices: readonly { readonly code: string; readonly meaning: string }[]; readonly unmapped: readonly { readonly value: string; readonly count: number }[] };
export type Comparison = { readonly id: number; readonly dataset: string; readonly title: string; readonly startedAt: Moment; readonly endedAt: MaybeMoment; readonly state: string; readonly ours: number | null; readonly theirs: number | null; readonly missing: Count; readonly extra: Count; readonly different: Count };
export type Difference = { readonly id: number; readonly kind: 'missing' | 'extra' | 'different'; readonly table: string; readonly key: string; readonly record: number | null };
export type RepairPlan = { readonly plan: string; readonly sendAgain: Count; readonly takeBack: Count; readonly look: Count };
export type Passing = { readonly records: number; readonly passed: number; readonly refused: number; readonly rate: number | null };
export type DoubtfulBatch = { readonly no: string; readonly dataset: string; readonly title: string; readonly table: string; readonly writtenAt: string; readonly records: number; readonly why: string };
export type Month = string;
export type Quality = { readonly at: Moment; readonly datasets: readonly (Passing & { readonly dataset: unknown; readonly title: unknown })[]; readonly departments: readonly (Passing & { readonly dataset: unknown; readonly department: unknown })[]; readonly rules: readonly { readonly code: string; readonly title: string; readonly dataset: unknown; readonly field: unknown; readonly rule: unknown; readonly severity: unknown; readonly records: unknown; readonly alone: unknown }[]; readonly days: readonly { readonly dataset: unknown; readonly day: unknown; readonly kept: unknown; readonly refused: unknown; readonly rate: unknown }[] };
export type Indicator = { readonly id: string; readonly title: string; readonly formula: string; readonly source: string; readonly value: number | null; readonly unit: string; readonly target: number | null; readonly numerator: number | null; readonly denominator: number | null; readonly why: string };
export type AuditEntry = { readonly seq: number; readonly at: Moment; readonly time: string; readonly actor: string; readonly role: string; readonly address: string; readonly action: string; readonly object: string; readonly result: AuditResult; readonly code: string | null; readonly reason: string | null; readonly before: unknown; readonly after: unknown; readonly mac: string };
export type AuditVerdict = { readonly whole: boolean; readonly entries: number; readonly anchors: number; readonly faults: readonly { readonly code: string; readonly line: number; readonly what: string }[] };
export type Account = { readonly id: number; readonly login: string; readonly name: string; readonly role: Role | null; readonly datasets: readonly string[] | null; readonly state: 'enabled' | 'disabled'; readonly secondFactor: boolean; readonly createdAt: Moment; readonly createdBy: string; readonly lastLoginAt: MaybeMoment; readonly lockedUntil: MaybeMoment; readonly passwordEndsAt: MaybeMoment; readonly own: boolean };
export type System = { readonly site: string; readonly gateway: string; readonly node: string; readonly startedAt: Moment; readonly at: Moment; readonly siteVersion: string; readonly store: { readonly bytes: number; readonly consoleBytes: number }; readonly disk: { readonly freeBytes: number | null; readonly totalBytes: number | null }; readonly clock: { readonly skewMs: number | null }; readonly certificates: readonly { readonly what: string; readonly subject: string; readonly endsAt: Moment }[]; readonly audit: { readonly entries: number; readonly headAt: MaybeMoment; readonly anchoredAt: MaybeMoment; readonly well: boolean }; readonly backups: readonly Backup[]; readonly jobs: number; readonly config: readonly { readonly path: string; readonly value: string }[] };
export type Backup = { readonly name: string; readonly at: Moment; readonly bytes: number };
export type Alarm = { readonly id: number; readonly rule: string; readonly kind: string; readonly severity: 'alarm' | 'warning'; readonly subject: string; readonly what: string; readonly mend: string; readonly count: number; readonly firstAt: Moment; readonly lastAt: Moment; readonly overAt: MaybeMoment; readonly acknowledged: { readonly by: string; readonly at: Moment; readonly reason: string } | null };
export type AlarmRule = { readonly rule: string; readonly kind: string; readonly severity: 'alarm' | 'warning'; readonly datasets: readonly string[] | null; readonly words: string };

/** What each call is given, and what it answers. */
export interface Calls {
  readonly getDescription: { readonly given: object; readonly answer: Readonly<Record<string, unknown>> };
  readonly getSetup: { readonly given: object; readonly answer: { readonly needed: boolean; readonly policy: PasswordRules } };
  readonly setUp: { readonly given: { readonly body: { readonly token: string; readonly secondFactor?: 'required' | 'optional'; readonly accounts: readonly { readonly login: Login; readonly name: PersonName; readonly role: Role; readonly password: Password }[] } }; readonly answer: { readonly done: true } };
  readonly logIn: { readonly given: { readonly body: { readonly login: string; readonly password: string; readonly code?: string } }; readonly answer: Session };
  readonly getSession: { readonly given: object; readonly answer: Session };
  readonly logOut: { readonly given: object; readonly answer: { readonly done: true } };
  readonly changePassword: { readonly given: { readonly body: { readonly old: string; readonly new: Password } }; readonly answer: Session };
  readonly beginSecondFactor: { readonly given: { readonly body: { readonly password: string } }; readonly answer: { readonly secret: string; readonly uri: string } };
  readonly confirmSecondFactor: { readonly given: { readonly body: { readonly code: string } }; readonly answer: Session };
  readonly getOverview: { readonly given: object; readonly answer: Overview };
  readonly getStream: { readonly given: object; readonly answer: string };
  readonly listGates: { readonly given: object; readonly answer: { readonly gates: readonly Gate[] } };
  readonly holdGate: { readonly given: { readonly path: { readonly gate: string }; readonly body: { readonly reason: Reason } }; readonly answer: { readonly done: true } };
  readonly releaseGate: { readonly given: { readonly path: { readonly gate: string }; readonly body: { readonly reason: Reason } }; readonly answer: { readonly done: true } };
  readonly resumeDataset: { readonly given: { readonly path: { readonly gate: string }; readonly body: { readonly reason: Reason } }; readonly answer: { readonly done: true } };
  readonly listJobs: { readonly given: object; readonly answer: { readonly jobs: readonly Job[] } };
  readonly runJob: { readonly given: { readonly path: { readonly job: string }; readonly body: { readonly reason: Reason; readonly confirm?: string } }; readonly answer: { readonly done: true } };
  readonly stopJob: { readonly given: { readonly path: { readonly job: string }; readonly body: { readonly reason: Reason } }; readonly answer: { readonly done: true } };
  readonly pauseJob: { readonly given: { readonly path: { readonly job: string }; readonly body: { readonly reason: Reason } }; readonly answer: { readonly done: true } };
  readonly resumeJob: { readonly given: { readonly path: { readonly job: string }; readonly body: { readonly reason: Reason } }; readonly answer: { readonly done: true } };
  readonly changeTimetable: { readonly given: { readonly path: { readonly job: string }; readonly body: { readonly cron: string | null; readonly reason: Reason } }; readonly answer: { readonly done: true } };
  readonly readCron: { readonly given: { readonly body: { readonly cron: string } }; readonly answer: { readonly words: string; readonly next: readonly Moment[] } };
  readonly beginPlan: { readonly given: { readonly path: { readonly job: string } }; readonly answer: { readonly ticket: string } };
  readonly getPlan: { readonly given: { readonly path: { readonly ticket: string } }; readonly answer: PlanState };
  readonly listRuns: { readonly given: { readonly query?: { readonly job?: string | undefined; readonly dataset?: string | undefined; readonly state?: RunState | undefined; readonly after?: number | undefined; readonly limit?: number | undefined } }; readonly answer: { readonly runs: readonly Run[]; readonly next: Next } };
  readonly listMissedRuns: { readonly given: { readonly query?: { readonly limit?: number | undefined } }; readonly answer: { readonly missed: readonly MissedRuns[] } };
  readonly getRun: { readonly given: { readonly path: { readonly run: number } }; readonly answer: { readonly run: Run; readonly progress: RunProgress | null } };
  readonly searchRecords: { readonly given: { readonly body: { readonly dataset?: string; readonly by?: 'any' | 'key' | 'identity' | 'holder'; readonly text: string; readonly state?: EnvelopeState; readonly after?: number; readonly limit?: number } }; readonly answer: { readonly records: readonly FoundRecord[]; readonly next: Next } };
  readonly getRecord: { readonly given: { readonly path: { readonly record: number } }; readonly answer: RecordWalk };
  readonly getRecordVersion: { readonly given: { readonly path: { readonly record: number; readonly version: number } }; readonly answer: RecordContent };
  readonly getRecordDifferences: { readonly given: { readonly path: { readonly record: number }; readonly query: { readonly from: number; readonly to: number } }; readonly answer: { readonly fields: readonly FieldDifference[] } };
  readonly listUnmaskings: { readonly given: object; readonly answer: { readonly unmaskings: readonly Unmasking[] } };
  readonly requestUnmasking: { readonly given: { readonly body: { readonly record: number; readonly reason: Reason } }; readonly answer: Unmasking };
  readonly decideUnmasking: { readonly given: { readonly path: { readonly unmasking: number }; readonly body: { readonly granted: boolean; readonly reason: Reason } }; readonly answer: Unmasking };
  readonly getUnmasked: { readonly given: { readonly path: { readonly unmasking: number } }; readonly answer: RecordContent };
  readonly listQuarantineGroups: { readonly given: { readonly query?: { readonly by?: 'problem' | 'department' | undefined; readonly dataset?: string | undefined } }; readonly answer: { readonly total: number; readonly withinDays: number | null; readonly groups: readonly QuarantineGroup[] } };
  readonly listQuarantine: { readonly given: { readonly query?: { readonly dataset?: string | undefined; readonly code?: string | undefined; readonly field?: string | undefined; readonly value?: string | undefined; readonly after?: number | undefined; readonly limit?: number | undefined } }; readonly answer: { readonly records: readonly Quarantined[]; readonly next: Next } };
  readonly getQuarantined: { readonly given: { readonly path: { readonly seq: number } }; readonly answer: QuarantinedRecord };
  readonly listConflicts: { readonly given: { readonly query?: { readonly limit?: number | undefined } }; readonly answer: { readonly total: Count; readonly conflicts: readonly Conflict[] } };
  readonly decideConflict: { readonly given: { readonly path: { readonly conflict: number }; readonly body: { readonly side: 'county' | 'region'; readonly seen: string; readonly reason: Reason } }; readonly answer: { readonly done: true } };
  readonly listDoubtfulBatches: { readonly given: object; readonly answer: { readonly batches: readonly DoubtfulBatch[] } };
  readonly concludeBatch: { readonly given: { readonly path: { readonly batch: string }; readonly body: { readonly heard: 'arrived' | 'never-arrived'; readonly reason: Reason } }; readonly answer: { readonly done: true } };
  readonly previewMending: { readonly given: { readonly body: { readonly group: GroupChoice; readonly codes?: readonly CodeLine[] } }; readonly answer: MendingPreview };
  readonly addCodes: { readonly given: { readonly body: { readonly codes: readonly CodeLine[]; readonly reason: Reason } }; readonly answer: { readonly done: true } };
  readonly redrive: { readonly given: { readonly body: { readonly group: GroupChoice; readonly reason: Reason } }; readonly answer: { readonly examined: number; readonly passed: number; readonly kept: number } };
  readonly exportQuarantine: { readonly given: { readonly body: { readonly group: GroupChoice; readonly reason: Reason } }; readonly answer: Blob };
  readonly importCorrections: { readonly given: { readonly query?: { readonly apply?: 'true' | 'false' | undefined }; readonly header?: { readonly reason?: string | undefined }; readonly body: Blob }; readonly answer: ImportReport };
  readonly listMappings: { readonly given: object; readonly answer: MappingList };
  readonly getMapping: { readonly given: { readonly path: { readonly dataset: string } }; readonly answer: Mapping };
  readonly previewMapping: { readonly given: { readonly path: { readonly dataset: string }; readonly query?: { readonly limit?: number | undefined } }; readonly answer: { readonly rows: readonly PreviewRow[] } };
  readonly getCodeTable: { readonly given: { readonly path: { readonly table: string } }; readonly answer: CodeTable };
  readonly listDictionaries: { readonly given: object; readonly answer: IssuedLists };
  readonly takeDictionary: { readonly given: { readonly path: { readonly number: number }; readonly body: { readonly plan: string; readonly reason: Reason } }; readonly answer: { readonly done: true } };
  readonly listComparisons: { readonly given: { readonly query?: { readonly dataset?: string | undefined; readonly after?: number | undefined; readonly limit?: number | undefined } }; readonly answer: { readonly comparisons: readonly Comparison[]; readonly next: Next } };
  readonly compare: { readonly given: { readonly body: { readonly dataset: string; readonly reason: Reason } }; readonly answer: { readonly done: true } };
  readonly getComparison: { readonly given: { readonly path: { readonly comparison: number } }; readonly answer: { readonly comparison: Comparison; readonly repair: RepairPlan | null } };
  readonly listDifferences: { readonly given: { readonly path: { readonly comparison: number }; readonly query?: { readonly kind?: 'missing' | 'extra' | 'different' | undefined; readonly after?: number | undefined; readonly limit?: number | undefined } }; readonly answer: { readonly differences: readonly Difference[]; readonly next: Next } };
  readonly repairComparison: { readonly given: { readonly path: { readonly comparison: number }; readonly body: { readonly plan: string; readonly reason: Reason } }; readonly answer: { readonly done: true } };
  readonly getQuality: { readonly given: object; readonly answer: Quality };
  readonly listBulletins: { readonly given: object; readonly answer: { readonly months: readonly { readonly month: Month; readonly at: Moment }[] } };
  readonly getBulletin: { readonly given: { readonly path: { readonly month: Month } }; readonly answer: { readonly month: Month; readonly at: Moment; readonly departments: readonly (Passing & { readonly dataset: unknown; readonly department: unknown })[] } };
  readonly getIndicators: { readonly given: object; readonly answer: { readonly at: Moment; readonly indicators: readonly Indicator[] } };
  readonly exportQuality: { readonly given: { readonly body: { readonly department?: string; readonly reason: Reason } }; readonly answer: Blob };
  readonly listAudit: { readonly given: { readonly query?: { readonly actor?: string | undefined; readonly action?: string | undefined; readonly result?: AuditResult | undefined; readonly from?: number | undefined; readonly to?: number | undefined; readonly after?: number | undefined; readonly limit?: number | undefined } }; readonly answer: { readonly entries: readonly AuditEntry[]; readonly next: Next } };
  readonly verifyAudit: { readonly given: object; readonly answer: AuditVerdict };
  readonly exportAudit: { readonly given: { readonly body: { readonly reason: Reason } }; readonly answer: string };
  readonly listAccounts: { readonly given: object; readonly answer: { readonly accounts: readonly Account[] } };
  readonly createAccount: { readonly given: { readonly body: { readonly login: Login; readonly name: PersonName; readonly reason: Reason } }; readonly answer: { readonly account: Account; readonly password: string } };
  readonly grantRights: { readonly given: { readonly path: { readonly account: number }; readonly body: { readonly role: Role; readonly datasets?: readonly string[] | null; readonly reason: Reason } }; readonly answer: Account };
  readonly disableAccount: { readonly given: { readonly path: { readonly account: number }; readonly body: { readonly reason: Reason } }; readonly answer: Account };
  readonly unlockAccount: { readonly given: { readonly path: { readonly account: number }; readonly body: { readonly reason: Reason } }; readonly answer: Account };
  readonly resetAccount: { readonly given: { readonly path: { readonly account: number }; readonly body: { readonly reason: Reason } }; readonly answer: { readonly account: Account; readonly password: string } };
  readonly getPolicy: { readonly given: object; readonly answer: Policy };
  readonly changePolicy: { readonly given: { readonly body: { readonly policy: Policy; readonly reason: Reason } }; readonly answer: Policy };
  readonly getSystem: { readonly given: object; readonly answer: System };
  readonly backUp: { readonly given: { readonly body: { readonly reason: Reason } }; readonly answer: Backup };
  readonly listAlarms: { readonly given: { readonly query?: { readonly state?: 'open' | 'acknowledged' | 'over' | undefined; readonly after?: number | undefined; readonly limit?: number | undefined } }; readonly answer: { readonly alarms: readonly Alarm[]; readonly next: Next } };
  readonly acknowledgeAlarm: { readonly given: { readonly path: { readonly alarm: number }; readonly body: { readonly reason: Reason } }; readonly answer: Alarm };
  readonly listAlarmRules: { readonly given: object; readonly answer: { readonly rules: readonly AlarmRule[] } };
}

/** Where each call goes. */
export const routes = {
  getDescription: ['GET', '/api/openapi.json'],
  getSetup: ['GET', '/api/setup'],
  setUp: ['POST', '/api/setup'],
  logIn: ['POST', '/api/login'],
  getSession: ['GET', '/api/session'],
  logOut: ['POST', '/api/logout'],
  changePassword: ['POST', '/api/session/password'],
  beginSecondFactor: ['POST', '/api/session/second-factor'],
  confirmSecondFactor: ['POST', '/api/session/second-factor/confirm'],
  getOverview: ['GET', '/api/overview'],
  getStream: ['GET', '/api/stream'],
  listGates: ['GET', '/api/gates'],
  holdGate: ['POST', '/api/gates/{gate}/hold'],
  releaseGate: ['POST', '/api/gates/{gate}/release'],
  resumeDataset: ['POST', '/api/gates/{gate}/resume'],
  listJobs: ['GET', '/api/jobs'],
  runJob: ['POST', '/api/jobs/{job}/run'],
  stopJob: ['POST', '/api/jobs/{job}/stop'],
  pauseJob: ['POST', '/api/jobs/{job}/pause'],
  resumeJob: ['POST', '/api/jobs/{job}/resume'],
  changeTimetable: ['PUT', '/api/jobs/{job}/timetable'],
  readCron: ['POST', '/api/cron'],
  beginPlan: ['POST', '/api/jobs/{job}/plan'],
  getPlan: ['GET', '/api/plans/{ticket}'],
  listRuns: ['GET', '/api/runs'],
  listMissedRuns: ['GET', '/api/missed-runs'],
  getRun: ['GET', '/api/runs/{run}'],
  searchRecords: ['POST', '/api/records/search'],
  getRecord: ['GET', '/api/records/{record}'],
  getRecordVersion: ['GET', '/api/records/{record}/versions/{version}'],
  getRecordDifferences: ['GET', '/api/records/{record}/differences'],
  listUnmaskings: ['GET', '/api/unmaskings'],
  requestUnmasking: ['POST', '/api/unmaskings'],
  decideUnmasking: ['POST', '/api/unmaskings/{unmasking}/decision'],
  getUnmasked: ['GET', '/api/unmaskings/{unmasking}/record'],
  listQuarantineGroups: ['GET', '/api/quarantine/groups'],
  listQuarantine: ['GET', '/api/quarantine'],
  getQuarantined: ['GET', '/api/quarantine/{seq}'],
  listConflicts: ['GET', '/api/conflicts'],
  decideConflict: ['POST', '/api/conflicts/{conflict}/decide'],
  listDoubtfulBatches: ['GET', '/api/batches'],
  concludeBatch: ['POST', '/api/batches/{batch}/conclude'],
  previewMending: ['POST', '/api/workbench/preview'],
  addCodes: ['POST', '/api/workbench/codes'],
  redrive: ['POST', '/api/workbench/redrive'],
  exportQuarantine: ['POST', '/api/workbench/export'],
  importCorrections: ['POST', '/api/workbench/import'],
  listMappings: ['GET', '/api/mappings'],
  getMapping: ['GET', '/api/mappings/{dataset}'],
  previewMapping: ['GET', '/api/mappings/{dataset}/preview'],
  getCodeTable: ['GET', '/api/code-tables/{table}'],
  listDictionaries: ['GET', '/api/dictionaries'],
  takeDictionary: ['POST', '/api/dictionaries/{number}/take'],
  listComparisons: ['GET', '/api/comparisons'],
  compare: ['POST', '/api/comparisons'],
  getComparison: ['GET', '/api/comparisons/{comparison}'],
  listDifferences: ['GET', '/api/comparisons/{comparison}/differences'],
  repairComparison: ['POST', '/api/comparisons/{comparison}/repair'],
  getQuality: ['GET', '/api/quality'],
  listBulletins: ['GET', '/api/bulletins'],
  getBulletin: ['GET', '/api/bulletins/{month}'],
  getIndicators: ['GET', '/api/indicators'],
  exportQuality: ['POST', '/api/quality/workbook'],
  listAudit: ['GET', '/api/audit'],
  verifyAudit: ['POST', '/api/audit/verification'],
  exportAudit: ['POST', '/api/audit/export'],
  listAccounts: ['GET', '/api/accounts'],
  createAccount: ['POST', '/api/accounts'],
  grantRights: ['PUT', '/api/accounts/{account}/rights'],
  disableAccount: ['POST', '/api/accounts/{account}/disable'],
  unlockAccount: ['POST', '/api/accounts/{account}/unlock'],
  resetAccount: ['POST', '/api/accounts/{account}/reset'],
  getPolicy: ['GET', '/api/policy'],
  changePolicy: ['PUT', '/api/policy'],
  getSystem: ['GET', '/api/system'],
  backUp: ['POST', '/api/system/backup'],
  listAlarms: ['GET', '/api/alarms'],
  acknowledgeAlarm: ['POST', '/api/alarms/{alarm}/acknowledge'],
  listAlarmRules: ['GET', '/api/alarm-rules'],
} as const;
