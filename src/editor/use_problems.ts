/** The problems of a text, a moment after it was typed. The parser is not needed before, and comes then. */
import { useEffect, useState } from "react";
import type { EditorStatement } from "./editor_props.ts";
import type { Problem } from "./problems.ts";

/** Long enough not to complain in the middle of a word. */
const DEBOUNCE_MS = 400;
const NONE: readonly Problem[] = [];

/** Empty while the text is changing; and where the parser cannot be loaded, for then Run will tell. */
export function useProblems(
  text: string,
  statements: readonly EditorStatement[],
): readonly Problem[] {
  const [found, setFound] = useState({ text: "", problems: NONE });
  useEffect(() => {
    let isCurrent = true;
    const look = async () => {
      const { problemsOf } = await import("./problems.ts");
      if (isCurrent) setFound({ text, problems: problemsOf(statements) });
    };
    const timer = setTimeout(() => look().catch(() => undefined), DEBOUNCE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [text, statements]);
  return found.text === text ? found.problems : NONE;
}
