/** A picture of sixteen colours as a small PNG: colours by gifenc's quantizer, two pixels a byte, each line as it is. */
import { createRequire } from "node:module";
import { crc32, deflateSync } from "node:zlib";

/** Node and Vite differ in what they import of it. */
const gifenc = createRequire(import.meta.url)("gifenc");

/**
 * @param {Uint8Array} rgba four bytes a pixel
 * @param {number} width
 * @param {number} height
 * @returns {Buffer} the file
 */
export function smallPng(rgba, width, height) {
  const palette = gifenc.quantize(rgba, 16, { format: "rgb565" });
  const index = gifenc.applyPalette(rgba, palette, "rgb565");
  const bytes = Math.ceil(width / 2);
  const lines = Buffer.alloc((bytes + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = y * (bytes + 1) + 1 + (x >> 1);
      lines[at] = (lines[at] ?? 0) | ((index[y * width + x] ?? 0) << (x % 2 === 0 ? 4 : 0));
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([4, 3, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk(
      "PLTE",
      Buffer.from(palette.flatMap((/** @type {number[]} */ colour) => colour.slice(0, 3))),
    ),
    chunk("IDAT", deflateSync(lines, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/**
 * @param {string} name
 * @param {Buffer} data
 */
function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
