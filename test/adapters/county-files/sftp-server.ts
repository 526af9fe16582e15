import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, connect, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { userInfo } from 'node:os';
import type { SftpSetting } from '../../../src/port/source-setting.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';

const sshd = ['/usr/sbin/sshd', '/usr/local/sbin/sshd'].find((one) => existsSync(one));

/** OpenSSH's own server on a free port of loopback, with a folder and keys of its own. */
export class SftpServer {
  readonly folder = join(temporaryFolder(), 'out');
  readonly #keys = temporaryFolder();
  #process: ChildProcess | null = null;
  port = 0;

  /** False where there is none: aloud, and under CI a failure. */
  static there(): boolean {
    if (sshd !== undefined) return true;
    if (process.env['CI'] === 'true') throw new Error('no sshd on this machine: apt-get install openssh-server');
    console.error('SKIPPED: no sshd on this machine, so nothing is brought over SFTP (apt-get install openssh-server)');
    return false;
  }

  async start(): Promise<void> {
    mkdirSync(this.folder, { recursive: true });
    for (const name of ['host', 'other-host', 'user', 'stranger']) if (!existsSync(this.#at(name))) execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', this.#at(name)]);
    writeFileSync(this.#at('authorized'), readFileSync(`${this.#at('user')}.pub`));
    this.port ||= await freePort();
    writeFileSync(this.#at('config'), ['ListenAddress 127.0.0.1', `Port ${this.port}`, `HostKey ${this.#at('host')}`, `AuthorizedKeysFile ${this.#at('authorized')}`, 'StrictModes no',
      'PasswordAuthentication no', 'KbdInteractiveAuthentication no', 'PermitRootLogin prohibit-password', 'UsePAM no', `PidFile ${this.#at('pid')}`, 'Subsystem sftp internal-sftp'].join('\n'));
    if (userInfo().uid === 0) mkdirSync('/run/sshd', { recursive: true });
    this.#process = spawn(sshd ?? '', ['-D', '-f', this.#at('config'), '-E', this.#at('log')], { stdio: 'ignore' });
    for (let look = 0; !await answers(this.port); look += 1) {
      if (look > 200) throw new Error(readFileSync(this.#at('log'), 'utf8'));
      await wait(25);
    }
  }

  stop(): void {
    this.#process?.kill('SIGKILL');
    this.#process = null;
  }

  /** Makes the server show another host key from its next start on. */
  setting({ key = 'user', host = 'host' }: { readonly key?: 'user' | 'stranger'; readonly host?: 'host' | 'other-host' } = {}): SftpSetting {
    writeFileSync(this.#at(`known-${host}`), `[127.0.0.1]:${this.port} ${readFileSync(`${this.#at(host)}.pub`, 'utf8')}`);
    return { host: '127.0.0.1', port: this.port, user: userInfo().username, folder: this.folder, done: join(this.folder, 'done'), key: this.#at(key), knownHosts: this.#at(`known-${host}`), connectSeconds: 5 };
  }

  #at(name: string): string {
    return join(this.#keys, name);
  }
}

async function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => done(port));
    });
  });
}

function answers(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1').once('data', () => done(true)).once('error', () => done(false)).once('close', () => done(false));
    socket.setTimeout(500, () => socket.destroy());
    socket.once('data', () => socket.destroy());
  });
}
