import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { TLSSocket } from 'node:tls';
import type { TlsRule } from '../../src/port/profile.ts';
import { Failure } from '../../src/record/failure.ts';
import type { Connecting } from './agents.ts';

/** Who is told when a certificate is about to end. */
export interface Watching {
  readonly clock: { wallMs(): number };
  readonly warn?: (code: string, facts: Readonly<Record<string, string | number>>) => void;
}

const dayMs = 86_400_000;
const warnDays = 30;

/** What connections under TLS are made with; a Failure when a file is missing, unreadable or no longer good. */
export function tlsOptions(rule: TlsRule | undefined, watching: Watching): Pick<Connecting, 'tls' | 'secured'> {
  const days = rule?.warnDays ?? warnDays;
  const told = new Set<string>();
  const judge = (whose: 'ours' | 'region', until: number): void => {
    const left = Math.floor((until - watching.clock.wallMs()) / dayMs);
    const about = `${whose} ${new Date(until).toISOString().slice(0, 10)} ${left}`;
    if (left > days || told.has(about)) return;
    told.add(about);
    watching.warn?.('CERTIFICATE_ENDING', { whose, until: new Date(until).toISOString().slice(0, 10), days: left });
  };
  const ours = fileAt(rule?.certificate);
  if (ours !== undefined) {
    const until = endOf(ours, rule?.certificate ?? '');
    if (until <= watching.clock.wallMs()) throw new Failure('CERTIFICATE_ENDED', { file: rule?.certificate ?? '', until: new Date(until).toISOString().slice(0, 10) });
    judge('ours', until);
  }
  const ca = fileAt(rule?.ca);
  const key = fileAt(rule?.key);
  return {
    tls: {
      ...(ca === undefined ? {} : { ca }), ...(ours === undefined ? {} : { cert: ours }), ...(key === undefined ? {} : { key }),
      ...(rule?.passphrase === undefined ? {} : { passphrase: rule.passphrase }), ...(rule?.serverName === undefined ? {} : { servername: rule.serverName }),
    },
    secured: (socket: TLSSocket) => {
      const until = Date.parse(socket.getPeerCertificate().valid_to);
      if (Number.isFinite(until)) judge('region', until);
    },
  };
}

function fileAt(file: string | undefined): Buffer | undefined {
  if (file === undefined) return undefined;
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new Failure('KEY_FILE_UNREADABLE', { file, reason: (cause as { code?: string }).code ?? 'unknown' });
  }
}

function endOf(certificate: Buffer, file: string): number {
  try {
    return new X509Certificate(certificate).validToDate.getTime();
  } catch {
    throw new Failure('CERTIFICATE_UNREADABLE', { file });
  }
}
