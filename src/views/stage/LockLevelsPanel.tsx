/** The lock levels at the cursor. */
import type { ReactNode } from "react";
import { useLanguage } from "../../store/hooks.ts";
import { LockLevels } from "./LockLevels.tsx";
import { LockModel } from "./LockModel.tsx";
import "./stage.css";
import { useStage } from "./use_stage.ts";
import { levelWords } from "./words_levels.ts";
import { modelWords } from "./words_model.ts";

export function LockLevelsPanel(): ReactNode {
  const { state, words, pointing } = useStage();
  const language = useLanguage();
  return (
    <>
      <LockLevels
        state={state}
        words={words}
        levelWords={levelWords(language)}
        pointing={pointing}
      />
      <LockModel state={state} words={modelWords(language)} />
    </>
  );
}
