/** SHA-256 (FIPS 180-4) of bytes, as hexadecimal text. */
const PRIMES = firstPrimes(64);
const ROUND_CONSTANTS = PRIMES.map((prime) => fractionBits(Math.cbrt(prime)));
const START_256 = PRIMES.slice(0, 8).map((prime) => fractionBits(Math.sqrt(prime)));

export function sha256(bytes: readonly number[]): string {
  const words = blocksOf(bytes);
  let state = START_256;
  for (let start = 0; start < words.length; start += 16) {
    const w = words.slice(start, start + 16);
    for (let i = 16; i < 64; i += 1) {
      const [x = 0, y = 0] = [w[i - 15], w[i - 2]];
      const s0 = right(x, 7) ^ right(x, 18) ^ (x >>> 3);
      const s1 = right(y, 17) ^ right(y, 19) ^ (y >>> 10);
      w.push(((w[i - 16] ?? 0) + s0 + (w[i - 7] ?? 0) + s1) | 0);
    }
    let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
    for (let i = 0; i < 64; i += 1) {
      const s1 = right(e, 6) ^ right(e, 11) ^ right(e, 25);
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (ROUND_CONSTANTS[i] ?? 0) + (w[i] ?? 0)) | 0;
      const s0 = right(a, 2) ^ right(a, 13) ^ right(a, 22);
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
    }
    state = state.map((value, at) => (value + ([a, b, c, d, e, f, g, h][at] ?? 0)) | 0);
  }
  return state.map(hex).join("");
}

function blocksOf(bytes: readonly number[]): number[] {
  const padded = [...bytes, 0x80];
  while (padded.length % 64 !== 56) padded.push(0);
  const bits = bytes.length * 8;
  for (let i = 7; i >= 0; i -= 1) padded.push(Math.floor(bits / 2 ** (8 * i)) & 255);
  const words: number[] = [];
  for (let i = 0; i < padded.length; i += 4) {
    const [p = 0, q = 0, r = 0, s = 0] = padded.slice(i, i + 4);
    words.push((p << 24) | (q << 16) | (r << 8) | s);
  }
  return words;
}

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let n = 2; primes.length < count; n += 1) {
    if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  }
  return primes;
}

function fractionBits(value: number): number {
  return Math.floor((value - Math.floor(value)) * 2 ** 32) | 0;
}

function right(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, "0");
}
