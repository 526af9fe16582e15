import axios from 'axios';
import type { Messenger } from '../../src/port/alarm.ts';

const patienceMs = 10_000;

/** Posts digests as JSON `{subject, text, alarms}` to an address; no redirects are followed. */
export function webhookMessenger(url: string): Messenger {
  return {
    name: 'webhook',
    send: async ({ subject, text, alarms }) => {
      await axios.post(url, { subject, text, alarms: alarms.map(({ id, rule, kind, severity, subject: about, facts, firstAt }) => ({ id, rule, kind, severity, subject: about, facts, firstAt })) },
        { timeout: patienceMs, maxRedirects: 0, maxContentLength: 65_536, proxy: false });
    },
  };
}
