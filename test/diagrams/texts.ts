/** The English texts that geometry needs, as the panels give them. */
import type { CellOptions } from "../../src/diagrams/index_cells.ts";
import type { PictureOptions } from "../../src/diagrams/index_picture.ts";
import { en } from "../../src/views/stage/words.ts";

export function pictureOptions(
  width: number,
  keep: CellOptions["keep"] = new Set(),
): PictureOptions {
  return {
    width,
    keep,
    foldedText: en.folded,
    infimumText: en.infimum,
    supremumText: en.supremum,
    pageTexts: en.pages,
    waitsForText: en.waitsFor,
  };
}
