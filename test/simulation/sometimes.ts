/** States that many histories together must reach; one that none reaches means that the simulation has gone blind. */
export const wanted: readonly string[] = [
  'a tie is as long as a page, or longer', 'a transaction commits late', 'a row is stamped in the future', 'a row has no time',
  'a row changes and its time does not', 'a key is given to another', 'a clock jumps',
  'a version is kept held', 'a version is kept waiting', 'a version is superseded before it travels', 'a removal is kept open', 'a removal is kept held',
  'a record is gone before it was ever sent', 'a page is judged again because delivery moved on', 'the region has just that already',
  'a record is set aside: VALUE_MISSING', 'a record is set aside: DUPLICATE_IDENTITY', 'what waited is woken',
  'a record arrives in several batches', 'a record arrives in part and the rest is refused', 'an aggregate is removed',
  'a batch is refused whole', 'a batch is split', 'a batch is released', 'receipts do not match',
  'an ask is answered settled', 'an ask is answered never-seen', 'an ask is answered in-progress', 'an ask is answered unknown', 'an ask is answered refused',
  'an ask is answered later', 'an ask is answered denied', 'the breaker is open', 'the breaker is half-open', 'the breaker is closed',
  'a run takes longer than the overlap', 'a person holds or releases a gate', 'a run fails with REFUSALS_MANY', 'a run fails with REFUSALS_SHUT', 'a run fails with GATE_HELD',
  'a run is done', 'a run is pending', 'a run is stopped', 'a run fails with REGION_DENIED', 'a run fails with GUARD_HELD', 'a plan is confirmed',
  'a gateway stands still and another takes over', 'a gateway that wakes up finds the store lost',
  'a person lets go what is set aside', 'what is settled is purged', 'a hand changes the region, and it is found',
  'a refusal of the region stands at the end', 'an identity is held twice at the end', 'a case waits to the end for an item that never came',
  ...['keep', 'write', 'settle', 'noteAttempt', 'beginRun', 'endRun'].flatMap((name) => [`crash before store.${name}`, `crash after store.${name}`]),
  ...['push', 'ask'].flatMap((name) => [`crash before region.${name}`, `crash after region.${name}`]),
  ...['changes', 'sweep'].flatMap((name) => [`crash before source.${name}`, `crash after source.${name}`]),
];

/** Those that were not reached. */
export function neverMet(met: ReadonlyMap<string, number>): readonly string[] {
  return wanted.filter((state) => (met.get(state) ?? 0) === 0);
}
