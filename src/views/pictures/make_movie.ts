/** Frame after frame from the room to the film, with progress, and an end to it when the person has had enough. */
import { type Movie, type MovieKind, startMovie } from "./movie.ts";
import type { PosterView } from "./Poster.tsx";
import type { PosterRoom } from "./poster_room.ts";
import { createRaster, drawSvg } from "./raster.ts";

export interface MovieOrder {
  readonly kind: MovieKind;
  readonly views: readonly PosterView[];
  readonly milliseconds: number;
  readonly scale: number;
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, of: number) => void;
}

/** The last frame stays long enough to be read before it begins again. */
const LAST_TIMES = 3;

/** Null when it was cancelled. */
export async function makeMovie(room: PosterRoom, order: MovieOrder): Promise<Blob | null> {
  const { views, signal, scale } = order;
  let width = 0;
  let height = 0;
  // All frames have the size of the largest, so that nothing jumps.
  for (const view of views) {
    if (signal.aborted) return null;
    const size = room.measure(view);
    width = Math.max(width, size.width);
    height = Math.max(height, size.height);
    await breath();
  }
  // Encoders of video take pairs of pixels.
  const fit = scale * ((views[0]?.width ?? width) / Math.max(1, width));
  const even = (side: number): number => 2 * Math.ceil((side * fit) / 2);
  const raster = createRaster(even(width), even(height));
  let movie: Movie | null = null;
  try {
    for (const [at, view] of views.entries()) {
      order.onProgress(at, views.length);
      const { svg } = room.picture({ ...view, width }, height);
      await drawSvg(raster, svg);
      movie ??= await startMovie(order.kind, raster);
      const isLast = at === views.length - 1;
      await movie.add(raster, order.milliseconds * (isLast ? LAST_TIMES : 1));
      await breath();
      if (signal.aborted) {
        await movie.cancel();
        return null;
      }
    }
    order.onProgress(views.length, views.length);
    return movie === null ? null : await movie.finish();
  } catch (error) {
    await movie?.cancel();
    throw error;
  }
}

/** Lets the page draw its progress and hear a click. */
function breath(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
