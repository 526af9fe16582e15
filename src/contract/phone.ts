/** A landline with its area code, a mobile, a 400 line, or the hotline with its area code. */
const number = /(?<!\d)(0\d{2,3})[-－—\s]?(\d{5,8})(?!\d)|(?<!\d)(1[3-9]\d{9}|400\d{7}|400-\d{3}-\d{4})(?!\d)/;

/** The first telephone number in a text that can be dialled from anywhere, digits only; empty when there is none. */
export function phoneIn(text: string): string {
  return number.exec(text)?.[0].replace(/\D/g, '') ?? '';
}
