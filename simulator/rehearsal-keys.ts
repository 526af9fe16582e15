/**
 * Keys of the rehearsal, of no worth: everybody has them. The SM2 pair is the one printed in GM/T 0003.5-2012, annex A; the
 * gateway's side of them is in `src/cli/environment.ts`.
 */
export const rehearsalKeys = {
  sm2Private: '3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8',
  sm4: Buffer.from('0123456789abcdeffedcba9876543210', 'hex'),
  aes: Buffer.from('rehearsal-secret'),
} as const;
