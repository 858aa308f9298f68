/** The picture of what was asked about, made once for each question. */
import type { PeekPicture } from "../../diagrams/peek_picture.ts";
import { usePage } from "../../store/hooks.ts";
import type { Peek } from "../../store/peek.ts";
import { lateFunction } from "../stage/late_function.ts";

const usePeekPictures = lateFunction(async () => {
  const { peekPicture } = await import("../../diagrams/peek_picture.ts");
  return peekPicture;
});
const pictures = new WeakMap<Peek, PeekPicture>();

export function usePeekPicture(useHere: typeof usePage = usePage): PeekPicture | null {
  const peek = useHere((page) => page.peek);
  const make = usePeekPictures(peek !== null);
  return peek === null || make === null ? null : pictureOf(peek, make);
}

function pictureOf(
  peek: Peek,
  make: (...peeked: [Peek["before"], Peek["events"], Peek["session"]]) => PeekPicture,
): PeekPicture {
  const known = pictures.get(peek);
  if (known !== undefined) return known;
  const picture = make(peek.before, peek.events, peek.session);
  pictures.set(peek, picture);
  return picture;
}
