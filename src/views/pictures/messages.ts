/** What went wrong with a picture, in the words of the page. */
import type { PictureWords } from "./picture_words.ts";
import { PictureTooLarge } from "./raster.ts";

export function messageOf(error: unknown, words: PictureWords): string {
  if (error instanceof PictureTooLarge) return words.tooLarge(error.message);
  return words.failed(error instanceof Error ? error.message : String(error));
}
