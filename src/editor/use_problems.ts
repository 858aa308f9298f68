/** The problems of a text, a moment after it was typed. */
import { useEffect, useState } from "react";
import type { EditorStatement } from "./editor_props.ts";
import { type Problem, problemsOf } from "./problems.ts";

/** Long enough not to complain in the middle of a word. */
const DEBOUNCE_MS = 400;
const NONE: readonly Problem[] = [];

/** Empty while the text is changing. */
export function useProblems(
  text: string,
  statements: readonly EditorStatement[],
): readonly Problem[] {
  const [found, setFound] = useState({ text: "", problems: NONE });
  useEffect(() => {
    const timer = setTimeout(
      () => setFound({ text, problems: problemsOf(statements) }),
      DEBOUNCE_MS,
    );
    return () => clearTimeout(timer);
  }, [text, statements]);
  return found.text === text ? found.problems : NONE;
}
