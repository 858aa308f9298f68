/** The picture of what was asked about, made once for each question. */
import { type PeekPicture, peekPicture } from "../../diagrams/peek_picture.ts";
import { usePage } from "../../store/hooks.ts";
import type { Peek } from "../../store/peek.ts";

const pictures = new WeakMap<Peek, PeekPicture>();

export function usePeekPicture(useHere: typeof usePage = usePage): PeekPicture | null {
  const peek = useHere((page) => page.peek);
  return peek === null ? null : pictureOf(peek);
}

function pictureOf(peek: Peek): PeekPicture {
  const known = pictures.get(peek);
  if (known !== undefined) return known;
  const picture = peekPicture(peek.before, peek.events, peek.session);
  pictures.set(peek, picture);
  return picture;
}
