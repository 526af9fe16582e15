import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A line to a server on this machine that breaks when a commit has been done and before that is told. */
export class LossyLine {
  /** Commits still to be lost, after so many that pass. */
  toLose = 0;
  toPass = 0;
  lost = 0;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  constructor(port: number) {
    this.#server = createServer((near) => {
      const far = connect(port, '127.0.0.1');
      let losing = false;
      for (const socket of [near, far]) {
        this.#sockets.add(socket);
        socket.on('error', () => undefined).on('close', () => {
          near.destroy();
          far.destroy();
        });
      }
      near.on('data', (bytes: Buffer) => {
        if (/commit/i.test(bytes.toString('latin1').slice(0, 64))) {
          if (this.toPass > 0) this.toPass -= 1;
          else if (this.toLose > 0) {
            this.toLose -= 1;
            losing = true;
          }
        }
        far.write(bytes);
      });
      far.on('data', (bytes: Buffer) => {
        if (!losing) {
          near.write(bytes);
          return;
        }
        this.lost += 1;
        near.destroy();
        far.destroy();
      });
    });
  }

  async open(): Promise<number> {
    await new Promise<void>((resolve) => {
      this.#server.listen(0, '127.0.0.1', resolve);
    });
    return (this.#server.address() as AddressInfo).port;
  }

  close(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }
}
