import { createHmac } from 'node:crypto';
import type { AuditEntry, Deed } from '../../src/port/audit.ts';

/** What the first entry is chained to. */
export const beginning = 'A'.repeat(43);

const shape = /^(\{.*),"mac":"([\w-]{43})"\}$/;

/** The line of an entry: its deed, and a MAC over it and the MAC before it, so that no byte can be changed and no line moved. */
export function chained(deed: Deed, place: { readonly seq: number; readonly before: string; readonly zoneMinutes: number }, key: Buffer): { readonly line: string; readonly entry: AuditEntry } {
  const { at, ...rest } = deed;
  const head = { seq: place.seq, at, time: localTime(at, place.zoneMinutes), ...rest };
  const body = JSON.stringify(head).slice(0, -1);
  const mac = macOf(body, place.before, key);
  return { line: `${body},"mac":"${mac}"}\n`, entry: { ...head, mac } };
}

/** The entry of a line if its MAC fits the one before it; else the code of what is wrong. */
export function unchained(line: string, place: { readonly seq: number; readonly before: string }, key: Buffer): AuditEntry | 'AUDIT_LINE_UNREADABLE' | 'AUDIT_SEQUENCE_BROKEN' | 'AUDIT_MAC_WRONG' {
  const parts = shape.exec(line);
  if (parts === null) return 'AUDIT_LINE_UNREADABLE';
  const [, body = '', mac = ''] = parts;
  if (macOf(body, place.before, key) !== mac) return 'AUDIT_MAC_WRONG';
  const entry = JSON.parse(line) as AuditEntry;
  return entry.seq === place.seq ? entry : 'AUDIT_SEQUENCE_BROKEN';
}

/** What stands at the second place: the head at a moment, sealed by the same key. */
export interface Anchor {
  readonly at: number;
  readonly seq: number;
  readonly mac: string;
}

export function anchorLine({ at, seq, mac }: Anchor, key: Buffer): string {
  return `${JSON.stringify({ at, seq, mac, seal: sealOf({ at, seq, mac }, key) })}\n`;
}

/** The anchor of a line, or null when it is not one of ours. */
export function readAnchor(line: string, key: Buffer): Anchor | null {
  try {
    const { at, seq, mac, seal } = JSON.parse(line) as Anchor & { readonly seal: string };
    return seal === sealOf({ at, seq, mac }, key) && `${line}\n` === anchorLine({ at, seq, mac }, key) ? { at, seq, mac } : null;
  } catch {
    return null;
  }
}

function macOf(body: string, before: string, key: Buffer): string {
  return createHmac('sm3', key).update(`${before}\n${body}`).digest('base64url');
}

function sealOf({ at, seq, mac }: Anchor, key: Buffer): string {
  return createHmac('sm3', key).update(`anchor\n${at}\n${seq}\n${mac}`).digest('base64url');
}

/** `2026-11-23T23:30:05.000+08:00`. */
function localTime(at: number, zoneMinutes: number): string {
  const zone = Math.abs(zoneMinutes);
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  return `${new Date(at + zoneMinutes * 60_000).toISOString().slice(0, -1)}${zoneMinutes < 0 ? '-' : '+'}${two(zone / 60)}:${two(zone % 60)}`;
}
