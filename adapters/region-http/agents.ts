import { Agent as HttpAgent, type AgentOptions } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Duplex } from 'node:stream';
import type { SecureContextOptions, TLSSocket } from 'node:tls';
import type { Socket } from 'node:net';

/** Connections to the region: kept open, no more than so many, and each of them stands within its time or not at all. */
export interface Agents {
  readonly http: HttpAgent;
  readonly https: HttpsAgent;
}

/** What connections are made with. */
export interface Connecting {
  readonly connections: number;
  readonly connectMs: number;
  readonly idleMs: number;
  readonly tls: SecureContextOptions & { readonly servername?: string };
  /** Told of every connection under TLS once it stands. */
  readonly secured: (socket: TLSSocket) => void;
}

/** A connection that did not stand in time: whatever was to be sent over it was not sent. */
export class ConnectTimeout extends Error {
  readonly code = 'CONNECT_TIMEOUT';
}

/** What went wrong before its connection stood: of these nothing had been sent. */
export const beforeStanding = new WeakSet<Error>();

/** Verification is written down here as it is, so that no variable of the environment can switch it off. */
const always = { rejectUnauthorized: true, minVersion: 'TLSv1.2' } as const;

export function agentsOf(connecting: Connecting): Agents {
  const pool: AgentOptions = { keepAlive: true, maxSockets: connecting.connections, timeout: connecting.idleMs };
  const http = new HttpAgent(pool);
  const https = new HttpsAgent({ ...pool, ...connecting.tls, ...always });
  timed(http, 'connect', connecting);
  timed(https, 'secureConnect', connecting);
  return { http, https };
}

/** Looking up the name, connecting and shaking hands share one deadline. */
function timed(agent: HttpAgent, standing: 'connect' | 'secureConnect', { connectMs, secured }: Connecting): void {
  const open = agent.createConnection.bind(agent);
  agent.createConnection = (options, done) => {
    const made: Duplex | null | undefined = open(options, done);
    if (made === null || made === undefined) return made;
    const socket = made as Socket;
    const timer = setTimeout(() => socket.destroy(new ConnectTimeout()), connectMs);
    const early = (error: Error): void => void beforeStanding.add(error);
    socket.once('error', early);
    socket.once(standing, () => {
      clearTimeout(timer);
      socket.off('error', early);
      if (standing === 'secureConnect') secured(socket as TLSSocket);
    });
    socket.once('close', () => clearTimeout(timer));
    return socket;
  };
}
