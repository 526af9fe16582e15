/**
 * A name within a dataset as a number below 2^47, for small indexes that stay fast with millions of random names. Two
 * names may share a number: whoever looks up by it compares the names too. (cyrb53 by bryc, public domain, cut short.)
 */
export function nameHash(dataset: string, name: string): number {
  let a = 0xdeadbeef ^ dataset.length;
  let b = 0x41c6ce57 ^ dataset.charCodeAt(0);
  for (let index = 0; index < name.length; index += 1) {
    const unit = name.charCodeAt(index);
    a = Math.imul(a ^ unit, 2_654_435_761);
    b = Math.imul(b ^ unit, 1_597_334_677);
  }
  a = Math.imul(a ^ (a >>> 16), 2_246_822_507) ^ Math.imul(b ^ (b >>> 13), 3_266_489_909);
  b = Math.imul(b ^ (b >>> 16), 2_246_822_507) ^ Math.imul(a ^ (a >>> 13), 3_266_489_909);
  return 2 ** 32 * (b & 0x7fff) + (a >>> 0);
}
