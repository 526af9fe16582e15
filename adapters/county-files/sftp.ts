import { spawn } from 'node:child_process';
import { mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Clock } from '../../src/port/clock.ts';
import type { FilesSetting, SftpSetting } from '../../src/port/source-setting.ts';
import { Failure } from '../../src/record/failure.ts';
import { hashOf, starOf, type Carrier } from './folder.ts';

/** A file as the other side lists it. */
interface Listed {
  readonly name: string;
  readonly size: number;
  /** When it was changed, in the words of the listing: to be compared, not to be read. */
  readonly changed: string;
}

/** `-rw-r--r--    1 1000     1000          123 Nov 26 15:00 name`; folders and links are not files. */
const line = /^-[^ ]{9}[+.@]? +\S+ +\S+ +\S+ +(\d+) (\S+ +\d+ +\S+) (.+)$/;

/**
 * Brings files from a folder of another machine into the county's folder here, by the OpenSSH client of this one (RFC 4253, the
 * SFTP draft 3): whole, under their names, flags last, so that whoever reads the folder here meets what a county would have put there.
 */
export class SftpCarrier implements Carrier {
  readonly #sftp: SftpSetting;
  readonly #setting: FilesSetting;
  readonly #clock: Clock;
  /** As listed when it was brought by this process. */
  readonly #brought = new Map<string, Listed>();

  constructor(sftp: SftpSetting, setting: FilesSetting, clock: Clock) {
    this.#sftp = sftp;
    this.#setting = setting;
    this.#clock = clock;
  }

  /** Brings what is whole there and not yet here. */
  async bring(): Promise<void> {
    const { folder, complete, tables } = this.#setting;
    await mkdir(folder, { recursive: true });
    const there = await this.#list();
    const here = new Set(await readdir(folder));
    const patterns = Object.values(tables).map((table) => table.file);
    for (const file of there.values()) {
      const { name } = file;
      if (here.has(name) || !patterns.some((pattern) => starOf(pattern, name) !== null)) continue;
      if (complete.by === 'flag' && (name.endsWith(complete.ending) || !there.has(name + complete.ending))) continue;
      if (/["'\\*?[\]\p{Cc}]/u.test(name)) throw new Failure('SFTP_NAME_UNFIT', { folder: this.#sftp.folder });
      await (complete.by === 'flag' ? this.#bringFlagged(file, complete.ending) : this.#bringStill(file, complete.seconds));
    }
  }

  /** Puts a file away there too, when it is still the one that was read here. */
  async putAway({ name, hash }: { readonly name: string; readonly hash: string }): Promise<void> {
    const { complete } = this.#setting;
    const { done } = this.#sftp;
    const there = await this.#list();
    const file = there.get(name);
    if (file === undefined || !await this.#same(file, hash)) return;
    const moves = [`rename "${name}" "${done}/${name}.${hash}"`];
    if (complete.by === 'flag' && there.has(name + complete.ending)) moves.push(`rename "${name}${complete.ending}" "${done}/${name}.${hash}${complete.ending}"`);
    await this.#run([`-mkdir "${done}"`, ...moves]);
    this.#brought.delete(name);
  }

  async #bringFlagged(file: Listed, ending: string): Promise<void> {
    const part = await this.#get(file, '.part');
    const to = join(this.#setting.folder, file.name);
    await rename(part, to);
    await durably(to + ending);
    await syncFolder(this.#setting.folder);
    this.#brought.set(file.name, file);
  }

  /** Whole when the same bytes are there twice, so long apart by this machine's clock: the other one's is not relied on. */
  async #bringStill(file: Listed, seconds: number): Promise<void> {
    const { folder } = this.#setting;
    const kept = join(folder, `.${file.name}.part`);
    const seen = await stat(kept).catch(() => null);
    if (seen === null) return void await utimes(await this.#get(file, '.part'), ...this.#now());
    if (this.#clock.wallMs() - seen.mtimeMs < seconds * 1000) return;
    const again = await this.#get(file, '.again');
    if (await hashOf(again) !== await hashOf(kept)) {
      await rename(again, kept);
      return void await utimes(kept, ...this.#now());
    }
    await rm(again);
    await rename(kept, join(folder, file.name));
    await syncFolder(folder);
    this.#brought.set(file.name, file);
  }

  #now(): [Date, Date] {
    const now = new Date(this.#clock.wallMs());
    return [now, now];
  }

  /** All of it, or a failure: a connection that ends in the middle leaves fewer bytes than were listed. */
  async #get({ name, size }: Listed, ending: string): Promise<string> {
    const to = join(this.#setting.folder, `.${name}${ending}`);
    await rm(to, { force: true });
    await this.#run([`get "${name}" ".${name}${ending}"`]);
    if ((await stat(to)).size < size) throw new Failure('SFTP_FAILED', { host: this.#sftp.host, reason: 'the file came short' });
    const handle = await open(to, 'r+');
    await handle.sync().finally(() => handle.close());
    return to;
  }

  async #same(file: Listed, hash: string): Promise<boolean> {
    const known = this.#brought.get(file.name);
    if (known?.size === file.size && known.changed === file.changed) return true;
    const check = await this.#get(file, '.check');
    const found = await hashOf(check);
    await rm(check);
    return found === hash;
  }

  async #list(): Promise<ReadonlyMap<string, Listed>> {
    const said = await this.#run(['ls -lan']);
    const files = said.split('\n').flatMap((text) => {
      const [, size = '', changed = '', name = ''] = line.exec(text.replace(/\r$/, '')) ?? [];
      return name === '' ? [] : [{ name, size: Number(size), changed }];
    });
    return new Map(files.map((file) => [file.name, file]));
  }

  /** One connection for a few commands, at work in the county's folder here; the key alone opens it, and the host must be the known one. */
  #run(commands: readonly string[]): Promise<string> {
    const { host, port, user, folder, key, knownHosts, connectSeconds } = this.#sftp;
    const options = [
      'BatchMode=yes', 'StrictHostKeyChecking=yes', `UserKnownHostsFile="${resolve(knownHosts)}"`, 'GlobalKnownHostsFile=none', 'IdentitiesOnly=yes', `IdentityFile="${resolve(key)}"`,
      'PreferredAuthentications=publickey', `ConnectTimeout=${connectSeconds}`, 'ServerAliveInterval=10', 'ServerAliveCountMax=3',
    ];
    // Names are listed as they are only where letters are UTF-8.
    const child = spawn('sftp', ['-F', 'none', ...options.flatMap((option) => ['-o', option]), '-P', String(port), '-b', '-', `${user}@${host}`], { cwd: this.#setting.folder, env: { ...process.env, LC_ALL: 'C.UTF-8' } });
    let said = '';
    let complaint = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint = (complaint + text).slice(-4_000)));
    child.stdin.on('error', () => undefined).end(`${[`cd "${folder}"`, ...commands].join('\n')}\n`);
    return new Promise((done, reject) => {
      child.on('error', () => reject(new Failure('SFTP_CLIENT_MISSING', {})));
      child.on('close', (code) => (code === 0 ? done(said) : reject(failureOf(complaint, this.#sftp))));
    });
  }
}

/** What the client complains of, as far as people can mend it; its own words may name files, and stay here. */
function failureOf(complaint: string, { host, user, folder, key, knownHosts }: SftpSetting): Failure {
  if (/REMOTE HOST IDENTIFICATION HAS CHANGED|Host key verification failed/.test(complaint)) return new Failure('SFTP_HOST_UNKNOWN', { host, knownHosts });
  if (/Load key|UNPROTECTED PRIVATE KEY|no such identity/i.test(complaint)) return new Failure('SFTP_KEY_UNUSABLE', { key });
  if (/Permission denied \(/.test(complaint)) return new Failure('SFTP_DENIED', { host, user });
  if (/(?:realpath|stat|cd|Can't change).*No such file/i.test(complaint)) return new Failure('SFTP_FAILED', { host, reason: `no folder ${folder}` });
  if (/Permission denied/.test(complaint)) return new Failure('SFTP_FAILED', { host, reason: 'no right' });
  if (/Could not resolve|Connection (?:refused|timed out|reset|closed)|No route|Network is unreachable|lost connection|Broken pipe/i.test(complaint)) return new Failure('SOURCE_AWAY', { source: host, reason: 'SFTP' });
  return new Failure('SFTP_FAILED', { host, reason: 'unknown' });
}

async function durably(path: string): Promise<void> {
  const handle = await open(path, 'w');
  await handle.sync().finally(() => handle.close());
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}
