/**
 * DOUBLE and FLOAT as text, and the number at the start of a text.
 *
 * MySQL: strings/dtoa.cc (my_gcvt, my_strtod), Field_float::val_str.
 */

/** The largest FLOAT. */
export const FLOAT_MAX = 2 ** 128 - 2 ** 104;

/** The text the client gets: shortest digits that read back, with an exponent outside 1e-15 .. 1e15 and then some. */
export function doubleText(value: number): string {
  if (value === 0) return Object.is(value, -0) ? "-0" : "0";
  const [mantissa = "", exponentText = "0"] = value.toExponential().split("e");
  const exponent = Number(exponentText);
  const hasFraction = mantissa.replace(/[-.]/g, "").length > exponent + 1;
  if (exponent >= -15 && (exponent < 15 || hasFraction)) return plain(mantissa, exponent);
  return `${mantissa}e${exponent}`;
}

/** MySQL: my_double_round. */
export function roundedDouble(value: number, places: number): number {
  const factor = 10 ** Math.min(Math.abs(places), 400);
  if (places < 0) return roundHalfEven(value / factor) * factor;
  const scaled = value * factor;
  return Number.isFinite(scaled) ? roundHalfEven(scaled) / factor : value;
}

/** As a text among texts: with an exponent where it would be longer than this without. */
const PLAIN_LENGTH_MAX = 22;

export function shortDoubleText(value: number): string {
  const text = doubleText(value);
  if (text.length <= PLAIN_LENGTH_MAX || text.includes("e")) return text;
  return value.toExponential().replace("e+", "e");
}

/** In so many characters, with fewer digits where need be; null when they do not do. MySQL: my_gcvt. */
export function doubleTextWithin(value: number, width: number): string | null {
  const room = value < 0 ? width - 1 : width;
  const sign = value < 0 ? "-" : "";
  const size = Math.abs(value);
  const { digits, point } = significant(size, room);
  const needed =
    point <= 0 ? digits.length - point + 2 : digits.length + (point < digits.length ? 1 : 0);
  const plainly = Math.max(needed, point) <= room;
  const isExtreme = point < -14 || point > 15;
  const isPlain = plainly
    ? !isExtreme || (point > 15 && digits.length > point)
    : !isExtreme && point <= room && (point >= -1 || (point === -2 && digits.length > 1));
  return isPlain ? plainWithin(size, sign, room) : exponentWithin(size, sign, room);
}

function plainWithin(size: number, sign: string, room: number): string | null {
  const { digits, point } = significant(size, room);
  const width = room - (point < digits.length ? 1 : 0) - (point <= 0 ? 1 - point : 0);
  if (width < digits.length && width < point) return null;
  const kept = width < digits.length ? significant(size, Math.max(width, 1)) : { digits, point };
  return sign + plain(kept.digits, kept.point - 1);
}

function exponentWithin(size: number, sign: string, room: number): string | null {
  const { digits, point } = significant(size, room);
  const letters = 2 + (point >= 101 || point <= -99 ? 1 : 0) + (point >= 11 || point <= -9 ? 1 : 0);
  const width = room - letters - (point - 1 < 0 ? 1 : 0) - (digits.length > 1 ? 1 : 0);
  if (width <= 0) return null;
  const kept = width < digits.length ? significant(size, width) : { digits, point };
  const rest = kept.digits.slice(1);
  return `${sign}${kept.digits[0]}${rest === "" ? "" : `.${rest}`}e${kept.point - 1}`;
}

/** The shortest digits that read back, at most so many; the decimal point is after the first `point` of them. */
function significant(size: number, most: number): { digits: string; point: number } {
  const shortest = size.toExponential();
  const isShort = shortest.replace(/e.*/, "").replace(".", "").length <= most;
  const text = isShort ? shortest : size.toExponential(Math.max(most, 1) - 1);
  const [mantissa = "", exponent = "0"] = text.split("e");
  const digits = mantissa.replace(".", "").replace(/(?<=.)0+$/, "");
  return { digits, point: Number(exponent) + 1 };
}

/** With so many digits after the point, the shortest ones that read back. MySQL: my_fcvt. */
export function fixedText(value: number, decimals: number): string {
  const shortest = plainDigits(value);
  const [whole = "", fraction = ""] = shortest.split(".");
  if (fraction.length > decimals) return value.toFixed(decimals);
  return decimals > 0 ? `${whole}.${fraction.padEnd(decimals, "0")}` : whole;
}

/** FLOAT keeps six digits in its text. */
export function floatText(value: number): string {
  return doubleText(sixDigits(value));
}

/** Exactly between two texts, the even one. */
function sixDigits(value: number): number {
  const rounded = Number(value.toPrecision(6));
  const [digits = "", exponent = "0"] = value.toExponential(25).split("e");
  const isHalfway = /^-?\d\.\d{5}50*$/.test(digits) && /[02468]$/.test(digits.slice(0, -20));
  return isHalfway ? Number(`${digits.slice(0, -20)}e${exponent}`) : rounded;
}

/** The longest number that a text starts with; `isCut` when something else is left, or there is no number. */
export function readNumber(text: string): { readonly value: number; readonly isCut: boolean } {
  const match = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?/i.exec(text);
  if (match === null) return { value: 0, isCut: true };
  const value = Number(match[0]);
  const isCut = text.slice(match[0].length).trim() !== "";
  return { value: Number.isFinite(value) ? value : Math.sign(value) * Number.MAX_VALUE, isCut };
}

/** Half to even, as the rounding of DOUBLE to a whole number goes (rint). */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  const isUp = rest > 0.5 || (rest === 0.5 && floor % 2 !== 0);
  const rounded = isUp ? floor + 1 : floor;
  return rounded === 0 && value < 0 ? -0 : rounded;
}

function plain(mantissa: string, exponent: number): string {
  const isNegative = mantissa.startsWith("-");
  const digits = mantissa.replace("-", "").replace(".", "");
  const sign = isNegative ? "-" : "";
  if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${digits}`;
  const point = exponent + 1;
  if (point >= digits.length) return `${sign}${digits.padEnd(point, "0")}`;
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** A double without exponent: 1e21 is "1000000000000000000000". */
export function plainDigits(value: number): string {
  const text = String(value);
  const match = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (match === null) return text;
  const [, sign = "", whole = "", fraction = "", exponentText = "0"] = match;
  const exponent = Number(exponentText);
  const digits = whole + fraction;
  const point = whole.length + exponent;
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`;
  if (point >= digits.length) return `${sign}${digits}${"0".repeat(point - digits.length)}`;
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}
