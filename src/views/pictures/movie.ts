/**
 * Frames into a moving picture: GIF by gifenc, MP4 or WebM by mediabunny and the browser's encoders. Every frame is given
 * with the time it stands, so that no clock has a part in it: the same frames make the same film.
 */
import { type Colour, filmColours, framePalette } from "./gif_palette.ts";
import type { Raster } from "./raster.ts";

export type MovieKind = "gif" | "mp4" | "webm";

export interface Movie {
  /** The raster's pixels as the next frame. */
  add(raster: Raster, milliseconds: number): Promise<void>;
  finish(): Promise<Blob>;
  /** Gives up what was made so far. */
  cancel(): Promise<void>;
}

export interface MovieKinds {
  readonly kinds: readonly MovieKind[];
  /** Video could be made, if its library could be had: there is no network, and it was never used before. */
  readonly isWithoutLibrary: boolean;
}

export const ONLY_GIF: MovieKinds = { kinds: ["gif"], isWithoutLibrary: false };

/** Which kinds this browser can make at that size; GIF always. */
export async function movieKinds(width: number, height: number): Promise<MovieKinds> {
  if (!("VideoEncoder" in window)) return ONLY_GIF;
  try {
    const { videoKinds } = await import("./video.ts");
    return { kinds: ["gif", ...(await videoKinds(width, height))], isWithoutLibrary: false };
  } catch {
    return { ...ONLY_GIF, isWithoutLibrary: true };
  }
}

export async function startMovie(kind: MovieKind, first: Raster): Promise<Movie> {
  if (kind === "gif") return startGif();
  const { startVideo } = await import("./video.ts");
  return startVideo(kind, first);
}

/** After the first, a frame holds only the pixels that changed: small, and quick to make. */
async function startGif(): Promise<Movie> {
  const { applyPalette, GIFEncoder, quantize } = await import("gifenc");
  const encoder = GIFEncoder();
  const quantizer = {
    quantize: (rgba: Uint8Array, most: number) => quantize(rgba, most, { format: "rgb565" }),
    applyPalette: (rgba: Uint8Array, palette: readonly Colour[]) =>
      applyPalette(rgba, palette, "rgb565"),
  };
  let before: Uint32Array | null = null;
  let ofFilm: readonly number[] | null = null;
  return {
    add(raster, milliseconds) {
      const { width, height } = raster.canvas;
      const pixels = new Uint32Array(raster.context.getImageData(0, 0, width, height).data.buffer);
      const changed = changedPixels(before, pixels);
      before = pixels;
      ofFilm ??= filmColours(pixels);
      const { palette, index: colours } = framePalette(changed.colours, ofFilm, quantizer);
      const transparentIndex = palette.length;
      const index = new Uint8Array(pixels.length).fill(transparentIndex);
      for (const [at, place] of changed.places.entries()) index[place] = colours[at] ?? 0;
      encoder.writeFrame(index, width, height, {
        palette: [...palette, [0, 0, 0]],
        transparent: true,
        transparentIndex,
        // What is there stays, and shows through.
        dispose: 1,
        delay: milliseconds,
        repeat: 0,
      });
      return Promise.resolve();
    },
    finish() {
      encoder.finish();
      return Promise.resolve(new Blob([encoder.bytes()], { type: "image/gif" }));
    },
    cancel: () => Promise.resolve(),
  };
}

function changedPixels(before: Uint32Array | null, now: Uint32Array) {
  const places = new Uint32Array(now.length);
  let count = 0;
  for (let at = 0; at < now.length; at += 1) {
    if (before !== null && before[at] === now[at]) continue;
    places[count] = at;
    count += 1;
  }
  const kept = places.subarray(0, count);
  const colours = new Uint32Array(count);
  for (let at = 0; at < count; at += 1) colours[at] = now[kept[at] ?? 0] ?? 0;
  return { places: kept, colours };
}
