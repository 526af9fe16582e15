const usccAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const usccWeights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const organisationWeights = [3, 7, 9, 10, 5, 8, 4, 2];
const citizenWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** A unified social credit code from its first eight characters and the eight of the organisation (GB 32100-2015, GB 11714). */
export function usccOf(head8: string, organisation8: string): string {
  const body = head8 + organisation8 + organisationCheck(organisation8);
  let sum = 0;
  for (let at = 0; at < 17; at += 1) sum += usccAlphabet.indexOf(body[at] as string) * (usccWeights[at] as number);
  return body + (usccAlphabet[(31 - (sum % 31)) % 31] as string);
}

/** The ninth character of an organisation code (GB 11714). */
export function organisationCheck(organisation8: string): string {
  let sum = 0;
  for (let at = 0; at < 8; at += 1) sum += parseInt(organisation8[at] as string, 36) * (organisationWeights[at] as number);
  const check = 11 - (sum % 11);
  return check === 10 ? 'X' : check === 11 ? '0' : String(check);
}

/** A citizen number from its first seventeen digits (GB 11643-1999). */
export function citizenIdOf(first17: string): string {
  let sum = 0;
  for (let at = 0; at < 17; at += 1) sum += (first17.charCodeAt(at) - 48) * (citizenWeights[at] as number);
  return first17 + ('10X98765432'[sum % 11] as string);
}

/** An electronic licence identifier (GB/T 36904-2018); check character by ISO/IEC 7064 MOD 37,36. */
export function licenceIdOf(parts: { readonly type: string; readonly issuer: string; readonly serial: string; readonly version: string }): string {
  const body = parts.type + parts.issuer + parts.serial + parts.version;
  let carry = 36;
  for (let at = 0; at < body.length; at += 1) {
    const code = body.charCodeAt(at);
    const sum = (carry + (code < 58 ? code - 48 : code - 55)) % 36;
    carry = ((sum === 0 ? 36 : sum) * 2) % 37;
  }
  const check = ((37 - carry) % 36).toString(36).toUpperCase();
  return `1.2.156.3005.2.${parts.type}.${parts.issuer}.${parts.serial}.${parts.version}.${check}`;
}

/** The same text with its last character changed into one that the check does not allow. */
export function wrongLast(text: string, alphabet: string): string {
  const last = alphabet.indexOf(text.slice(-1));
  return text.slice(0, -1) + (alphabet[(last + 1) % alphabet.length] as string);
}

/** Whether the birth date in a citizen number exists is decided before the check digit; this writes one that does not. */
export function citizenIdWithUnrealBirth(citizenId: string): string {
  return citizenIdOf(`${citizenId.slice(0, 10)}0230${citizenId.slice(14, 17)}`);
}

/** The same person's number with the next serial whose check character is X. */
export function citizenEndingInX(citizenId: string): string {
  for (let serial = Number(citizenId.slice(14, 17)); ; serial = (serial + 1) % 1000) {
    const id = citizenIdOf(citizenId.slice(0, 14) + String(serial).padStart(3, '0'));
    if (id.endsWith('X')) return id;
  }
}
