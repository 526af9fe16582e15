const firstLead = 0x81;
const lastLead = 0xfe;
const firstTrail = 0x40;
const lastTrail = 0xfe;

/** What the platform's decoder reads from GB 18030 beyond GBK (code page 936), as first and last two-byte code. */
const laterAdditions: readonly (readonly [number, number])[] = [
  [0xa2e3, 0xa2e3], [0xa6d9, 0xa6df], [0xa6ec, 0xa6ed], [0xa6f3, 0xa6f3], [0xa8bc, 0xa8bc], [0xa8bf, 0xa8bf], [0xa989, 0xa995], [0xfe50, 0xfea0],
];

let two: Uint8Array | null = null;

/** Whether GBK (code page 936: 21,791 two-byte characters, and ASCII) has this character. */
export function inGbk(point: number): boolean {
  if (point < 0x80) return true;
  two ??= twoByteCharacters();
  return point < 0x10000 && two[point] === 1;
}

/** Made once, from the platform's own decoder, without the codes left to users and without what came later. */
function twoByteCharacters(): Uint8Array {
  const decoder = new TextDecoder('gbk');
  const found = new Uint8Array(0x10000);
  for (let lead = firstLead; lead <= lastLead; lead += 1) {
    for (let trail = firstTrail; trail <= lastTrail; trail += 1) {
      const code = lead * 0x100 + trail;
      if (trail === 0x7f || laterAdditions.some(([first, last]) => code >= first && code <= last)) continue;
      const text = decoder.decode(Uint8Array.of(lead, trail));
      const point = text.charCodeAt(0);
      if (text.length === 1 && point < 0xfffd && (point < 0xe000 || point > 0xf8ff)) found[point] = 1;
    }
  }
  return found;
}
