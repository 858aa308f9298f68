import { describe, expect, it } from "vitest";
import { COLOURS_MAX, filmColours, framePalette } from "../../src/views/pictures/gif_palette.ts";

/** A coarse one: four bits of each. */
const quantizer = {
  quantize: (_rgba: Uint8Array, most: number) =>
    Array.from({ length: Math.min(most, 16) }, (_, at) => [at * 16, at * 16, at * 16]),
  applyPalette: (rgba: Uint8Array) =>
    Uint8Array.from({ length: rgba.length / 4 }, (_, at) => (rgba[4 * at] ?? 0) >> 4),
};

const GROUND = 0xff1c1715;
const PANEL = 0xff211a18;
const SHAPE = 0xff60b2e9;

describe("the palette of a GIF's frame", () => {
  it("gives the ground back as it was where a shape has gone", () => {
    const first = new Uint32Array(2_000).fill(GROUND).fill(PANEL, 900, 1_700);
    first.fill(SHAPE, 1_700, 1_900);
    const film = filmColours(first);
    const before = framePalette(first, film, quantizer);
    // The shape goes: some of the ground and of the panel behind it come back, with a thousand greys of letters.
    const greys = Array.from({ length: 1_000 }, (_, at) => 0xff000000 + ((at * 4_099) & 0xffffff));
    const back = new Uint32Array([GROUND, PANEL, PANEL, ...greys]);
    const after = framePalette(back, film, quantizer);
    expect(after.palette.length).toBeLessThanOrEqual(COLOURS_MAX);
    const colourAt = ({ palette, index }: typeof after, at: number) => palette[index[at] ?? 0];
    expect(colourAt(after, 0)).toEqual([0x15, 0x17, 0x1c]);
    expect(colourAt(after, 0)).toEqual(colourAt(before, 0));
    expect(colourAt(after, 1)).toEqual([0x18, 0x1a, 0x21]);
    expect(colourAt(after, 1)).toEqual(colourAt(before, 900));
  });

  it("has nothing for a frame in which nothing changed", () => {
    const { index } = framePalette(new Uint32Array(), [GROUND], quantizer);
    expect(index).toHaveLength(0);
  });
});
