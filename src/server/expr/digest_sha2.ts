/** SHA-224, SHA-256, SHA-384 and SHA-512 (FIPS 180-4) of bytes, as hexadecimal text. */

/** Words of 32 or of 64 bits, and by how much they are turned (the last of `small0` and `small1` is shifted). */
interface Family {
  readonly bits: bigint;
  readonly rounds: number;
  readonly big0: Turns;
  readonly big1: Turns;
  readonly small0: Turns;
  readonly small1: Turns;
}

type Turns = readonly [number, number, number];

const OF_32_BITS: Family = {
  bits: 32n,
  rounds: 64,
  big0: [2, 13, 22],
  big1: [6, 11, 25],
  small0: [7, 18, 3],
  small1: [17, 19, 10],
};
const OF_64_BITS: Family = {
  bits: 64n,
  rounds: 80,
  big0: [28, 34, 39],
  big1: [14, 18, 41],
  small0: [1, 8, 7],
  small1: [19, 61, 6],
};

export type DigestBits = 224 | 256 | 384 | 512;

export function sha2(digestBits: DigestBits, bytes: readonly number[]): string {
  const family = digestBits <= 256 ? OF_32_BITS : OF_64_BITS;
  const { bits, rounds } = family;
  const primes = firstPrimes(rounds);
  const high = (word: bigint): bigint => word >> (64n - bits);
  const constants = primes.map((prime) => high(rootFraction(prime, 3n)));
  const start = digestBits === 256 || digestBits === 512 ? primes.slice(0, 8) : primes.slice(8, 16);
  const roots = start.map((prime) => rootFraction(prime, 2n));
  let state = roots.map((root) => (digestBits === 224 ? root & 0xffff_ffffn : high(root)));
  const words = wordsOf(bytes, Number(bits) / 8);
  for (let at = 0; at < words.length; at += 16) {
    state = mixed(state, words.slice(at, at + 16), constants, family);
  }
  const text = state.map((word) => word.toString(16).padStart(Number(bits) / 4, "0")).join("");
  return text.slice(0, digestBits / 4);
}

/** The state after one block. */
function mixed(
  state: readonly bigint[],
  block: readonly bigint[],
  constants: readonly bigint[],
  { bits, big0, big1, small0, small1 }: Family,
): bigint[] {
  const cut = (sum: bigint): bigint => BigInt.asUintN(Number(bits), sum);
  const turned = (word: bigint, by: number): bigint =>
    cut((word >> BigInt(by)) | (word << (bits - BigInt(by))));
  const big = (word: bigint, [a, b, c]: Turns): bigint =>
    turned(word, a) ^ turned(word, b) ^ turned(word, c);
  const small = (word: bigint, [a, b, c]: Turns): bigint =>
    turned(word, a) ^ turned(word, b) ^ (word >> BigInt(c));
  const w = [...block];
  const word = (at: number): bigint => w[at] as bigint;
  let [a, b, c, d, e, f, g, h] = state as Eight;
  for (const [at, constant] of constants.entries()) {
    if (at >= 16) {
      const extended = small(word(at - 15), small0) + small(word(at - 2), small1);
      w.push(cut(word(at - 16) + word(at - 7) + extended));
    }
    const t1 = h + big(e, big1) + ((e & f) ^ (cut(~e) & g)) + constant + word(at);
    const t2 = big(a, big0) + ((a & b) ^ (a & c) ^ (b & c));
    [h, g, f, e, d, c, b, a] = [g, f, e, cut(d + t1), c, b, a, cut(t1 + t2)];
  }
  const last: Eight = [a, b, c, d, e, f, g, h];
  return state.map((before, at) => cut(before + (last[at] as bigint)));
}

type Eight = [bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint];

/** The message, a one bit, zeros, and its length in bits, in blocks of 16 words. */
function wordsOf(bytes: readonly number[], wordBytes: number): bigint[] {
  const padded = [...bytes, 0x80];
  while (padded.length % (16 * wordBytes) !== 14 * wordBytes) padded.push(0);
  const length = (bytes.length * 8).toString(16).padStart(4 * wordBytes, "0");
  const words: bigint[] = [];
  for (let at = 0; at < padded.length; at += wordBytes) {
    const word = padded.slice(at, at + wordBytes);
    words.push(word.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n));
  }
  return [
    ...words,
    BigInt(`0x${length.slice(0, 2 * wordBytes)}`),
    BigInt(`0x${length.slice(2 * wordBytes)}`),
  ];
}

function firstPrimes(count: number): bigint[] {
  const primes: bigint[] = [];
  for (let n = 2n; primes.length < count; n += 1n) {
    if (primes.every((prime) => n % prime !== 0n)) primes.push(n);
  }
  return primes;
}

/** The first 64 bits behind the point of a number's square or cube root. */
function rootFraction(value: bigint, degree: 2n | 3n): bigint {
  const scaled = value << (64n * degree);
  let [low, high] = [0n, 1n << 70n];
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (middle ** degree <= scaled) low = middle;
    else high = middle;
  }
  return BigInt.asUintN(64, low);
}
