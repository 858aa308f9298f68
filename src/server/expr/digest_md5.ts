/** MD5 (RFC 1321) of bytes, as hexadecimal text. */
const SHIFTS = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21] as const;
const SINES = Array.from({ length: 64 }, (_unused, at) =>
  Math.floor(Math.abs(Math.sin(at + 1)) * 2 ** 32),
);

export function md5(bytes: readonly number[]): string {
  const words = blocksOf(bytes);
  let [a, b, c, d] = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
  for (let start = 0; start < words.length; start += 16) {
    let [x, y, z, w] = [a, b, c, d];
    for (let i = 0; i < 64; i += 1) {
      const [mixed, at] = step(i, y, z, w);
      const sum = (x + mixed + (SINES[i] as number) + (words[start + at] as number)) | 0;
      const shift = SHIFTS[Math.floor(i / 16) * 4 + (i % 4)] as number;
      [x, w, z, y] = [w, z, y, (y + ((sum << shift) | (sum >>> (32 - shift)))) | 0];
    }
    [a, b, c, d] = [(a + x) | 0, (b + y) | 0, (c + z) | 0, (d + w) | 0];
  }
  return [a, b, c, d].map(littleEndianHex).join("");
}

function step(i: number, y: number, z: number, w: number): readonly [number, number] {
  if (i < 16) return [(y & z) | (~y & w), i];
  if (i < 32) return [(w & y) | (~w & z), (5 * i + 1) % 16];
  if (i < 48) return [y ^ z ^ w, (3 * i + 5) % 16];
  return [z ^ (y | ~w), (7 * i) % 16];
}

function blocksOf(bytes: readonly number[]): number[] {
  const padded = [...bytes, 0x80];
  while (padded.length % 64 !== 56) padded.push(0);
  const bits = bytes.length * 8;
  for (let i = 0; i < 8; i += 1) padded.push(Math.floor(bits / 2 ** (8 * i)) & 255);
  const words: number[] = [];
  for (let i = 0; i < padded.length; i += 4) {
    const [p = 0, q = 0, r = 0, s = 0] = padded.slice(i, i + 4);
    words.push(p | (q << 8) | (r << 16) | (s << 24));
  }
  return words;
}

function littleEndianHex(word: number): string {
  return [0, 8, 16, 24]
    .map((shift) => ((word >>> shift) & 255).toString(16).padStart(2, "0"))
    .join("");
}
