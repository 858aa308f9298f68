/**
 * The 255 colours of a GIF's frame. Colours that fill much of the film are exact: where a shape goes, what comes back is the very
 * ground that is around it, and not one that is nearly so, which would be seen as the shape's ghost, most of all in the dark.
 */

/** A red, a green and a blue. */
export type Colour = readonly number[];

export interface FramePalette {
  readonly palette: readonly Colour[];
  /** Of each pixel given, its colour's place in the palette. */
  readonly index: Uint8Array;
}

interface Quantizer {
  readonly quantize: (rgba: Uint8Array, most: number) => readonly Colour[];
  readonly applyPalette: (rgba: Uint8Array, palette: readonly Colour[]) => Uint8Array;
}

/** The one that is left stands for what shows through. */
export const COLOURS_MAX = 255;
const OF_FILM_MAX = 96;
const OF_FRAME_MAX = 64;

/** `pixels`: as ABGR. The most frequent ones of the first frame, which all frames know. */
export function filmColours(pixels: Uint32Array): readonly number[] {
  return mostFrequent(pixels, OF_FILM_MAX);
}

export function framePalette(
  pixels: Uint32Array,
  ofFilm: readonly number[],
  { quantize, applyPalette }: Quantizer,
): FramePalette {
  const exact = new Map<number, number>();
  for (const pixel of [...ofFilm, ...mostFrequent(pixels, OF_FRAME_MAX)]) {
    if (!exact.has(pixel)) exact.set(pixel, exact.size);
  }
  const others = pixels.filter((pixel) => !exact.has(pixel));
  const rgba = new Uint8Array(others.buffer, others.byteOffset, others.byteLength);
  const rest = others.length === 0 ? [] : quantize(rgba, COLOURS_MAX - exact.size);
  const nearest = rest.length === 0 ? new Uint8Array() : applyPalette(rgba, rest);
  let next = 0;
  const index = new Uint8Array(pixels.length);
  for (const [at, pixel] of pixels.entries()) {
    const known = exact.get(pixel);
    if (known === undefined) index[at] = exact.size + (nearest[next++] ?? 0);
    else index[at] = known;
  }
  return { palette: [...[...exact.keys()].map(colourOf), ...rest], index };
}

function mostFrequent(pixels: Uint32Array, most: number): readonly number[] {
  const counts = new Map<number, number>();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, most)
    .map(([pixel]) => pixel);
}

function colourOf(pixel: number): Colour {
  return [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255];
}
