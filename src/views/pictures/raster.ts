/** SVG text as pixels. The picture needs nothing from outside, so a canvas that it was drawn on can be read. */

export interface Raster {
  readonly canvas: HTMLCanvasElement;
  readonly context: CanvasRenderingContext2D;
}

/** Browsers refuse larger canvases, some of them in silence. */
const PIXELS_MAX = 60_000_000;
const SIDE_MAX = 16_000;

export function createRaster(width: number, height: number): Raster {
  if (width > SIDE_MAX || height > SIDE_MAX || width * height > PIXELS_MAX) {
    throw new PictureTooLarge(width, height);
  }
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context === null) throw new Error("no 2d context");
  return { canvas, context };
}

export class PictureTooLarge extends Error {
  override readonly name = "PictureTooLarge";

  constructor(width: number, height: number) {
    super(`${width} x ${height}`);
  }
}

/** Draws over the whole of it. */
export async function drawSvg(raster: Raster, svg: string): Promise<void> {
  const { canvas, context } = raster;
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
  } finally {
    URL.revokeObjectURL(url);
  }
}

export async function toPng(
  svg: string,
  width: number,
  height: number,
  scale: number,
): Promise<Blob> {
  const raster = createRaster(Math.round(width * scale), Math.round(height * scale));
  await drawSvg(raster, svg);
  return new Promise((resolve, reject) => {
    raster.canvas.toBlob((blob) => {
      if (blob === null) reject(new Error("no PNG"));
      else resolve(blob);
    }, "image/png");
  });
}
