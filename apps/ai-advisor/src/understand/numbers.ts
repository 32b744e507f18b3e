/** Every script's digits come in tens of code points, so a digit's value is its distance from its script's zero. */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  if (code < 0x80) return code - 0x30;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  return code - zero;
}

/** The same number in the digits that JavaScript reads. */
function latin(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => String(digitValue(digit)));
}

/**
 * The value of a numeral in any script's digits, grouped by thousands or, as in India, by lakhs: `1,200,000`, `1 200 000`,
 * `12,00,000`, `1.2`, `१२`. `hasScale`: whether a word such as "million" follows, so that `1.250` is no thousand and a bit.
 */
export function valueOfNumeral(text: string, hasScale = false): number {
  const digits = latin(text).replace(/\s/g, '');
  if (/^\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?$/.test(digits)) return Number(digits.replaceAll(',', ''));
  if (/^\d{1,3}(?:\.\d{3}){2,}$/.test(digits)) return Number(digits.replaceAll('.', ''));
  if (/^[1-9]\d{0,2}\.\d{3}$/.test(digits) && !hasScale) return Number(digits.replace('.', ''));
  if (/^\d+,\d{1,2}$/.test(digits)) return Number(digits.replace(',', '.'));
  return Number(digits.replaceAll(',', ''));
}
