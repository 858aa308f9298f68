/** One picture: as SVG, as PNG in three sizes, or on the clipboard. */
import { type ReactNode, useState } from "react";
import { fileName, saveFile } from "../files/local_files.ts";
import type { SvgPicture } from "./html_to_svg.ts";
import { messageOf } from "./messages.ts";
import type { PictureWords } from "./picture_words.ts";
import { toPng } from "./raster.ts";

const SCALES = [1, 2, 3];
/** What is made smaller by more than this may be hard to read. */
const SMALL_ABOVE = 1.2;

export function StillForm(props: {
  readonly picture: SvgPicture;
  /** It shows what is chosen now; until then nothing is saved. */
  readonly isFresh: boolean;
  readonly title: string;
  readonly words: PictureWords;
}): ReactNode {
  const { picture, title, words, isFresh } = props;
  const [scale, setScale] = useState(2);
  const [said, say] = useState("");
  const { svg, width, height, ownWidth } = picture;
  const attempt = async (act: () => Promise<string>): Promise<void> => {
    try {
      say(await act());
    } catch (error) {
      say(messageOf(error, words));
    }
  };
  const save = (name: string, blob: Blob): Promise<string> =>
    saveFile(name, blob).then((isSaved) =>
      isSaved ? words.saved(name, Math.ceil(blob.size / 1024)) : "",
    );
  const png = (): Promise<Blob> => toPng(svg, width, height, scale);
  const saveSvg = (): Promise<string> =>
    save(fileName(title, ".svg"), new Blob([svg], { type: "image/svg+xml" }));
  const savePng = async (): Promise<string> => save(fileName(title, ".png"), await png());
  const copy = async (): Promise<string> => {
    if (!("ClipboardItem" in window)) return words.notCopied;
    try {
      // The promise goes in: Safari lets a page copy only while it answers the click.
      await navigator.clipboard.write([new ClipboardItem({ "image/png": png() })]);
      return words.copied;
    } catch (error) {
      return error instanceof DOMException ? words.notCopied : messageOf(error, words);
    }
  };
  return (
    <fieldset className="pictures-form" disabled={!isFresh}>
      <legend>{words.still}</legend>
      <button type="button" className="button" onClick={() => void attempt(saveSvg)}>
        {words.saveSvg}
      </button>
      <label>
        {words.scale}
        <select
          className="select"
          value={scale}
          onChange={(event) => setScale(Number(event.target.value))}
        >
          {SCALES.map((each) => (
            <option key={each} value={each}>
              {each}x, {width * each} × {height * each}
            </option>
          ))}
        </select>
      </label>
      <button type="button" className="button" onClick={() => void attempt(savePng)}>
        {words.savePng}
      </button>
      <button type="button" className="button" onClick={() => void attempt(copy)}>
        {words.copy}
      </button>
      {ownWidth > width * SMALL_ABOVE && (
        <p className="pictures-said">{words.madeSmaller(ownWidth, width)}</p>
      )}
      <p role="status" className="pictures-said">
        {said}
      </p>
    </fieldset>
  );
}
