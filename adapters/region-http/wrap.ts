import { hash } from 'node:crypto';
import type { Label } from '../../src/port/region.ts';
import type { InterfaceProfile } from '../../src/port/profile.ts';
import type { Entry, Parcel } from '../../src/record/batch.ts';

const closing = Buffer.from('}');

/** Writes a batch's bytes: the same label and entries give the same bytes for ever. */
export function wrapper(profile: InterfaceProfile): (label: Label, entries: readonly Entry[]) => Parcel {
  const { body: names, control, operations } = profile.push;
  const source = JSON.stringify(profile.identity.dataSource);
  return ({ no, table, time }, entries) => {
    const number = JSON.stringify(no);
    const tail = `,${JSON.stringify(control.time)}:${JSON.stringify(time)},${JSON.stringify(control.batch)}:${number},${JSON.stringify(control.source)}:${source}}`;
    const tails = {
      create: `,${JSON.stringify(control.operation)}:${JSON.stringify(operations.create)}${tail}`,
      update: `,${JSON.stringify(control.operation)}:${JSON.stringify(operations.update)}${tail}`,
      remove: `,${JSON.stringify(control.operation)}:${JSON.stringify(operations.remove)}${tail}`,
    };
    let records = '[';
    for (const entry of entries) {
      records += `${records === '[' ? '' : ','}${entry.body.slice(0, -1)}${tails[entry.operation]}`;
    }
    records += ']';
    const bytes = Buffer.from(records);
    const digest = hash('sm3', bytes);
    const head = `${JSON.stringify(names.batchNo)}:${number},${JSON.stringify(names.dataSource)}:${source}`;
    const before = `{${head},${JSON.stringify(names.count)}:${entries.length},${JSON.stringify(names.digest)}:"${digest}",${JSON.stringify(names.records)}:`;
    const body = Buffer.concat([Buffer.from(before), bytes, closing]);
    return { no, table, count: entries.length, digest, body };
  };
}
