import { createTransport } from 'nodemailer';
import type { Messenger } from '../../src/port/alarm.ts';

const patienceMs = 15_000;

/** Sends digests as plain text by SMTP: `smtps://user:password@host` or `smtp://host:25`. */
export function mailMessenger({ server, from, to }: { readonly server: string; readonly from: string; readonly to: readonly string[] }): Messenger {
  return {
    name: 'mail',
    send: async ({ subject, text }) => {
      const transport = createTransport({ url: server, connectionTimeout: patienceMs, greetingTimeout: patienceMs, socketTimeout: patienceMs, disableFileAccess: true, disableUrlAccess: true });
      try {
        await transport.sendMail({ from, to: [...to], subject, text });
      } finally {
        transport.close();
      }
    },
  };
}
