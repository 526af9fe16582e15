const usccLetters = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const usccWeights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const idWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const usccValue = new Int8Array(128).fill(-1);
for (let at = 0; at < usccLetters.length; at += 1) usccValue[usccLetters.charCodeAt(at)] = at;

/** GB 32100: 18 characters, the last one the check. */
export function goodUscc(code: string): boolean {
  if (code.length !== 18) return false;
  let sum = 0;
  for (let at = 0; at < 17; at += 1) {
    const value = usccValue[code.charCodeAt(at) & 127] ?? -1;
    if (value < 0) return false;
    sum += value * (usccWeights[at] ?? 0);
  }
  return usccValue[code.charCodeAt(17) & 127] === (31 - (sum % 31)) % 31;
}

/** GB 11643: 18 characters, a date that exists, the last one the check. */
export function goodCitizenId(id: string): boolean {
  if (id.length !== 18) return false;
  let sum = 0;
  for (let at = 0; at < 17; at += 1) {
    const digit = id.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return false;
    sum += digit * (idWeights[at] ?? 0);
  }
  return id.charCodeAt(17) === '10X98765432'.charCodeAt(sum % 11) && realDay(id, 6);
}

/** GB/T 36904: the last part is the ISO 7064 MOD 37,36 check over type, issuer, serial and version. */
export function goodLicenceId(id: string): boolean {
  if (!id.startsWith('1.2.156.3005.2.')) return false;
  let product = 36;
  for (let at = 15; at < id.length - 2; at += 1) {
    const code = id.charCodeAt(at);
    if (code === 46) continue;
    const value = alphanumeric(code);
    if (value < 0) return false;
    const sum = (product + value) % 36;
    product = ((sum === 0 ? 36 : sum) * 2) % 37;
  }
  return id.charCodeAt(id.length - 2) === 46 && alphanumeric(id.charCodeAt(id.length - 1)) === (37 - product) % 36;
}

/** Whether eight digits from there on are a day of the calendar. */
export function realDay(text: string, at: number): boolean {
  const year = digits(text, at, 4);
  const month = digits(text, at + 4, 2);
  const day = digits(text, at + 6, 2);
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 1 : 0;
  return day >= 1 && day <= (monthDays[month - 1] ?? 0) + leap;
}

function digits(text: string, at: number, count: number): number {
  let value = 0;
  for (let index = at; index < at + count; index += 1) value = value * 10 + text.charCodeAt(index) - 48;
  return value;
}

function alphanumeric(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  return code >= 65 && code <= 90 ? code - 55 : -1;
}
