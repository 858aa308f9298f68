/** A function that a picture needs only when somebody points at something or asks: loaded then. */
import { useEffect, useState } from "react";

/** A hook that returns the function once it has been wanted and is there; null before. */
export function lateFunction<Made extends (...given: never[]) => unknown>(
  load: () => Promise<Made>,
): (isWanted: boolean) => Made | null {
  let there: Made | null = null;
  let coming: Promise<Made> | null = null;
  return (isWanted) => {
    const [, draw] = useState(0);
    const isMissing = isWanted && there === null;
    useEffect(() => {
      if (!isMissing) return;
      let isLeft = false;
      coming ??= load();
      coming.then(
        (made) => {
          there = made;
          if (!isLeft) draw((times) => times + 1);
        },
        () => {
          // Without a network: asked again the next time.
          coming = null;
        },
      );
      return () => {
        isLeft = true;
      };
    }, [isMissing]);
    return isWanted ? there : null;
  };
}
