import { existsSync, readFileSync } from 'node:fs';
import type { AuditFault, AuditVerdict } from '../../src/port/audit.ts';
import { beginning, readAnchor, unchained } from './chain.ts';

/** Reads an audit file and its anchors from the disk and holds them against each other; needs no running gateway. */
export function verifyAuditFiles(files: { readonly audit: string; readonly anchors: string }, key: Buffer): AuditVerdict {
  return verifyAudit(existsSync(files.audit) ? readFileSync(files.audit) : Buffer.alloc(0), existsSync(files.anchors) ? readFileSync(files.anchors) : Buffer.alloc(0), key);
}

/**
 * Every byte counts: each line by its MAC, the order by the MAC before it, the end by the anchors. After the first broken
 * line nothing that follows can be trusted, so it is the last one told of the chain.
 */
export function verifyAudit(audit: Buffer, anchorBytes: Buffer, key: Buffer): AuditVerdict {
  const faults: AuditFault[] = [];
  const macs: string[] = [];
  for (const line of linesOf(audit)) {
    const entry = line === null ? 'AUDIT_LINE_UNREADABLE' : unchained(line, { seq: macs.length + 1, before: macs.at(-1) ?? beginning }, key);
    if (typeof entry === 'string') {
      faults.push({ code: entry, line: macs.length + 1 });
      break;
    }
    macs.push(entry.mac);
  }
  let anchors = 0;
  for (const line of linesOf(anchorBytes)) {
    anchors += 1;
    const anchor = line === null ? null : readAnchor(line, key);
    if (anchor === null) faults.push({ code: 'AUDIT_ANCHOR_WRONG', line: anchors });
    else if (anchor.seq > macs.length && faults.length === 0) faults.push({ code: 'AUDIT_CUT_OFF', line: anchor.seq });
    else if (anchor.seq > 0 && anchor.seq <= macs.length && macs[anchor.seq - 1] !== anchor.mac) faults.push({ code: 'AUDIT_ANCHOR_OTHER', line: anchor.seq });
  }
  return { whole: faults.length === 0, entries: macs.length, anchors, faults };
}

/** Lines one by one, for a file of years is longer than a text can be; null for one that is no UTF-8, or does not end in a line feed. */
function* linesOf(bytes: Buffer): Generator<string | null> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  for (let from = 0; from < bytes.length;) {
    const end = bytes.indexOf(10, from);
    if (end < 0) {
      yield null;
      return;
    }
    try {
      yield decoder.decode(bytes.subarray(from, end));
    } catch {
      yield null;
    }
    from = end + 1;
  }
}
