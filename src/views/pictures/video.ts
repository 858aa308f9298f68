/** MP4 and WebM by mediabunny and the browser's encoders; a module of its own, so that only what is used of it is loaded. */
import {
  BufferTarget,
  CanvasSource,
  getFirstEncodableVideoCodec,
  Mp4OutputFormat,
  Output,
  QUALITY_VERY_HIGH,
  WebMOutputFormat,
} from "mediabunny";
import type { Movie } from "./movie.ts";
import type { Raster } from "./raster.ts";

export type VideoKind = "mp4" | "webm";

const CODECS = {
  mp4: ["avc", "hevc", "vp9", "av1"],
  webm: ["vp9", "vp8", "av1"],
} as const;

export async function videoKinds(width: number, height: number): Promise<readonly VideoKind[]> {
  const kinds: VideoKind[] = [];
  for (const kind of ["mp4", "webm"] as const) {
    const codec = await getFirstEncodableVideoCodec([...CODECS[kind]], { width, height });
    if (codec !== null) kinds.push(kind);
  }
  return kinds;
}

export async function startVideo(kind: VideoKind, first: Raster): Promise<Movie> {
  const { width, height } = first.canvas;
  const codec = await getFirstEncodableVideoCodec([...CODECS[kind]], { width, height });
  if (codec === null) throw new Error(`no encoder for ${kind}`);
  const target = new BufferTarget();
  const format =
    kind === "mp4" ? new Mp4OutputFormat({ fastStart: "in-memory" }) : new WebMOutputFormat();
  const output = new Output({ format, target });
  // Letters need more than a film of the same size.
  const source = new CanvasSource(first.canvas, {
    codec,
    bitrate: QUALITY_VERY_HIGH,
    keyFrameInterval: 2,
  });
  output.addVideoTrack(source);
  await output.start();
  let seconds = 0;
  return {
    async add(_raster, milliseconds) {
      await source.add(seconds, milliseconds / 1000);
      seconds += milliseconds / 1000;
    },
    async finish() {
      await output.finalize();
      if (target.buffer === null) throw new Error("no video");
      return new Blob([target.buffer], { type: `video/${kind}` });
    },
    cancel: () => output.cancel(),
  };
}
