import type { Alarm } from '../../../src/port/alarm.ts';
import type { Texts } from '../../../src/cli/texts.ts';
import { bodyOf, whoOf, type Handlers } from '../asked.ts';
import { Refusal } from '../refusal.ts';
import type { World } from '../world.ts';

const usual = 50;

/** What is wrong just now and was before, with what to do; somebody says that they look after it. */
export function alarmRoutes(world: World): Handlers {
  return {
    reads: {
      listAlarms: async ({ query, texts }) => {
        const { state = null, after = null, limit = usual } = query as { readonly state?: 'open' | 'acknowledged' | 'over'; readonly after?: number; readonly limit?: number };
        const page = await world.alarms.alarms({ state, before: after, limit });
        return { json: { alarms: page.map((one) => shownAlarm(one, texts)), next: page.length < limit ? null : page.at(-1)?.id ?? null } };
      },
      listAlarmRules: async ({ texts }) => ({
        json: {
          rules: world.site().alarms.rules.map((one) => ({
            rule: one.rule, kind: one.kind, severity: one.severity, datasets: one.datasets, words: texts.say(`console.alarm.rule.${one.kind}`, { limit: one.limit }),
          })),
        },
      }),
    },
    acts: {
      acknowledgeAlarm: async (asked) => {
        const id = Number(asked.path['alarm']);
        const alarm = await world.alarms.alarm(id);
        if (alarm === null) throw new Refusal(404, 'ALARM_UNKNOWN');
        if (alarm.acknowledged !== null) throw new Refusal(409, 'MOVED_ON');
        return {
          object: `alarm ${id} ${alarm.rule} ${alarm.subject}`,
          perform: async () => {
            const { reason } = bodyOf<{ readonly reason: string }>(asked);
            if (!(await world.alarms.acknowledge(id, { by: whoOf(asked).account.login, at: world.clock.wallMs(), reason }))) throw new Refusal(409, 'MOVED_ON');
            return { json: shownAlarm(await world.alarms.alarm(id) ?? alarm, asked.texts) };
          },
        };
      },
    },
  };
}

function shownAlarm(one: Alarm, texts: Texts): unknown {
  const { id, rule, kind, severity, subject, count, firstAt, lastAt, overAt, acknowledged, facts } = one;
  return {
    id, rule, kind, severity, subject, what: texts.say(`console.alarm.what.${kind}`, { ...facts, subject }), mend: texts.say(`console.alarm.mend.${kind}`, { ...facts, subject }),
    count, firstAt, lastAt, overAt, acknowledged,
  };
}
