/** Of a picture that is made anew, what is as it was stays the same object: memoised parts of it are not drawn again. */
import { useMemo, useRef } from "react";
import { kept } from "../../base/kept.ts";

export function useKept<T>(made: T): T {
  const before = useRef(made);
  const value = useMemo(() => kept(before.current, made), [made]);
  before.current = value;
  return value;
}
