/** Makes calls that come while a reading is under way share its result; the next call after it reads anew. */
export function sharedReading<Value>(read: () => Promise<Value>): () => Promise<Value> {
  let reading: Promise<Value> | undefined;
  return () => (reading ??= read().finally(() => (reading = undefined)));
}
