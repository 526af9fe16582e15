import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { checkServerIdentity, type PeerCertificate } from 'node:tls';
import type { TlsSetting } from '../../src/port/source-setting.ts';

/** What a driver is told of certificates: they are always verified, and so is whose they are. */
export interface TlsOptions {
  readonly rejectUnauthorized: true;
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly servername?: string;
  /** By the name that is told, else the host, whatever the driver takes for it. */
  readonly checkServerIdentity: (seen: string, certificate: PeerCertificate) => Error | undefined;
}

/** Reads the certificates that a source names. */
export function tlsOptions({ ca, cert, key, name }: TlsSetting, host: string): TlsOptions {
  return {
    rejectUnauthorized: true,
    ...(ca === undefined ? {} : { ca: readFileSync(ca, 'utf8') }),
    ...(cert === undefined ? {} : { cert: readFileSync(cert, 'utf8') }),
    ...(key === undefined ? {} : { key: readFileSync(key, 'utf8') }),
    ...(name === undefined ? {} : { servername: name }),
    checkServerIdentity: (_seen, certificate) => checkServerIdentity(name ?? host, certificate),
  };
}

/** What mysql2 is told: it verifies whose a certificate is only when asked, by the name it believes it is connected to. */
export interface MysqlTls {
  readonly host: string;
  readonly stream: () => Socket;
  readonly ssl: Pick<TlsOptions, 'rejectUnauthorized' | 'ca' | 'cert' | 'key'> & { readonly verifyIdentity: true };
}

/** The same for mysql2: it is made to believe in the name that is told, and given a socket that leads to the host. */
export function mysqlTls(tls: TlsSetting, { host, port }: { readonly host: string; readonly port: number }): MysqlTls {
  const { checkServerIdentity: _check, servername: _name, ...files } = tlsOptions(tls, host);
  const expected = tls.name ?? host;
  return {
    host: expected, ssl: { ...files, verifyIdentity: true },
    // An address has no name to be looked up by; Node holds a certificate against the one its socket has (else against "localhost", which refuses).
    stream: () => Object.assign(connect({ host, port, keepAlive: true, noDelay: true }), { _host: expected }),
  };
}
