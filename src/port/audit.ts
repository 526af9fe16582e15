/** What becomes of something somebody wants to do. `failed`: it was begun, and went wrong. */
export type AuditResult = 'done' | 'refused' | 'failed';

/** Something JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** One act: who, when, from where, what, why, with what result. Never personal data of those the records are about. */
export interface Deed {
  readonly at: number;
  /** A login; empty: nobody has signed in. */
  readonly actor: string;
  readonly role: string;
  readonly address: string;
  /** The operation of the interface, e.g. `runJob`. */
  readonly action: string;
  /** What it was done to, e.g. `job licences`. */
  readonly object: string;
  readonly result: AuditResult;
  /** Code of the refusal or failure. */
  readonly code: string | null;
  readonly reason: string | null;
  readonly before: Json;
  readonly after: Json;
}

/** A deed in its place in the chain. */
export interface AuditEntry extends Deed {
  readonly seq: number;
  /** ISO 8601 with the site's zone. */
  readonly time: string;
  /** HMAC-SM3 over this entry and the one before it, base64url. */
  readonly mac: string;
}

/** Where the chain stands. */
export interface AuditHead {
  readonly seq: number;
  readonly mac: string;
  readonly at: number | null;
}

export interface AuditQuery {
  readonly actor?: string;
  readonly action?: string;
  readonly result?: AuditResult;
  readonly role?: string;
  readonly from?: number;
  readonly to?: number;
  /** Entries before this one. */
  readonly before?: number;
  readonly limit: number;
}

/** The audit trail. */
export interface AuditTrail {
  /** Resolves when the entry is on the disk; rejects when it cannot be written, and then the deed must not happen. */
  append(deed: Deed): Promise<AuditEntry>;
  /** The newest first. */
  find(query: AuditQuery): Promise<readonly AuditEntry[]>;
  head(): AuditHead;
  /** False after an entry could not be written, until one can. */
  well(): boolean;
  /** Writes the head down at the second place. */
  anchor(at: number): Promise<void>;
  anchoredAt(): number | null;
  verify(): Promise<AuditVerdict>;
  /** The file as it is. */
  file(): Buffer;
  close(): Promise<void>;
}

/** What is wrong with the chain; `line` is counted from 1. */
export interface AuditFault {
  readonly code: 'AUDIT_LINE_UNREADABLE' | 'AUDIT_SEQUENCE_BROKEN' | 'AUDIT_MAC_WRONG' | 'AUDIT_CUT_OFF' | 'AUDIT_ANCHOR_WRONG' | 'AUDIT_ANCHOR_OTHER';
  readonly line: number;
}

export interface AuditVerdict {
  readonly whole: boolean;
  readonly entries: number;
  readonly anchors: number;
  readonly faults: readonly AuditFault[];
}

/** The audit's entries for finding; the file alone is the evidence. */
export interface AuditIndex {
  /** The last entry that can be found; 0: none. */
  last(): number;
  keep(entries: readonly AuditEntry[]): void;
  find(query: AuditQuery): readonly AuditEntry[];
}
