import { alarmKinds } from '../record/alarm-kind.ts';
import type { AlarmSetting } from '../record/alarm-rule.ts';
import { nearest } from './nearest.ts';
import { block, may, must } from './read-block.ts';
import { list, located, oneOf, text, whole, type Reader } from './read.ts';

/** `alarms.yaml`: what is an alarm, and to whom it is told besides the console. */
export function alarmsFile(datasets: readonly string[]): Reader<AlarmSetting> {
  const dataset: Reader<string> = (spot) => {
    const name = text(spot);
    return name === undefined || datasets.includes(name) ? name : spot.mistake('DATASET_UNKNOWN', { dataset: name, near: nearest(name, datasets) });
  };
  const rule = block({ rule: must(located(text)), kind: must(oneOf(...alarmKinds)), severity: must(oneOf('alarm', 'warning')), limit: must(whole(0, 100_000)), datasets: may(list(dataset)) });
  const file = block({
    digestMinutes: must(whole(1, 1440)),
    rules: must(list(rule, 0)),
    send: may(block({ webhook: may(text), mail: may(block({ server: must(text), from: must(text), to: must(list(text)) })) })),
  });
  return (spot) => {
    const found = file(spot);
    if (found === undefined) return undefined;
    const met = new Set<string>();
    for (const one of found.rules) {
      if (met.has(one.rule.value)) one.rule.spot.mistake('NAME_TWICE', { name: one.rule.value });
      met.add(one.rule.value);
    }
    return {
      digestMinutes: found.digestMinutes, send: (found.send ?? {}) as AlarmSetting['send'],
      rules: found.rules.map(({ rule: { value }, kind, severity, limit, datasets: only }) => ({ rule: value, kind, severity, limit, datasets: only ?? null })),
    };
  };
}
