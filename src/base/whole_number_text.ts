/**
 * Whole numbers as texts, out of two tables of a thousand. V8 keeps the texts of some 10,000 numbers and forgets one for another;
 * to make one anew is a call out of compiled code.
 *
 *     45678  ─▶  "45" + "678"
 */

const THOUSAND = 1000;
/** "0" to "999", and "000" to "999". */
const UNPADDED = Array.from({ length: THOUSAND }, (_, number) => String(number));
const PADDED = UNPADDED.map((text) => text.padStart(3, "0"));

/** As `String(number)`; up to six digits without a call. */
export function wholeNumberText(number: number): string {
  if ((number | 0) !== number || number < 0 || number >= THOUSAND * THOUSAND) return String(number);
  if (number < THOUSAND) return UNPADDED[number] as string;
  const thousands = (number / THOUSAND) | 0;
  return (UNPADDED[thousands] as string) + (PADDED[number - thousands * THOUSAND] as string);
}
