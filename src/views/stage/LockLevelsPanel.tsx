/** The lock levels at the cursor. */
import type { ReactNode } from "react";
import { useLanguage } from "../../store/hooks.ts";
import { LockLevels } from "./LockLevels.tsx";
import "./stage.css";
import { useStage } from "./use_stage.ts";
import { levelWords } from "./words_levels.ts";

export function LockLevelsPanel(): ReactNode {
  const { state, words, pointing } = useStage();
  return (
    <LockLevels
      state={state}
      words={words}
      levelWords={levelWords(useLanguage())}
      pointing={pointing}
    />
  );
}
