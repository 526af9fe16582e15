import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';

/** Whether this machine's OpenSSL knows SM2. */
export const openSslKnowsSm2 = spawnSync('openssl', ['ecparam', '-name', 'SM2', '-noout']).status === 0;

/** The other side of every check: an implementation nobody here has written. */
export class OpenSsl {
  readonly dir = temporaryFolder();
  readonly privateFile = join(this.dir, 'key.pem');
  readonly publicFile = join(this.dir, 'public.pem');

  constructor() {
    this.run('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:SM2', '-out', this.privateFile);
    this.run('pkey', '-in', this.privateFile, '-pubout', '-out', this.publicFile);
  }

  run(...words: readonly string[]): Buffer {
    return execFileSync('openssl', words, { stdio: ['ignore', 'pipe', 'pipe'] });
  }

  /** The key sealed with a passphrase. */
  sealed(passphrase: string, cipher = '-sm4-cbc'): string {
    const file = join(this.dir, `sealed${cipher}.pem`);
    this.run('pkey', '-in', this.privateFile, cipher, '-passout', `pass:${passphrase}`, '-out', file);
    return file;
  }

  sign(message: Uint8Array, userId: string): Buffer {
    return this.run('pkeyutl', '-sign', '-inkey', this.privateFile, '-in', this.file(message), '-rawin', '-digest', 'sm3', '-pkeyopt', `distid:${userId}`);
  }

  verifies(message: Uint8Array, signature: Uint8Array, userId: string): boolean {
    const words = ['pkeyutl', '-verify', '-pubin', '-inkey', this.publicFile, '-in', this.file(message), '-sigfile', this.file(signature, 'sig'), '-rawin', '-digest', 'sm3', '-pkeyopt', `distid:${userId}`];
    return spawnSync('openssl', words).status === 0;
  }

  encrypt(plain: Uint8Array): Buffer {
    return this.run('pkeyutl', '-encrypt', '-pubin', '-inkey', this.publicFile, '-in', this.file(plain));
  }

  decrypt(sealed: Uint8Array): Buffer {
    return this.run('pkeyutl', '-decrypt', '-inkey', this.privateFile, '-in', this.file(sealed));
  }

  file(bytes: Uint8Array, name = 'message'): string {
    const file = join(this.dir, name);
    writeFileSync(file, bytes);
    return file;
  }
}
