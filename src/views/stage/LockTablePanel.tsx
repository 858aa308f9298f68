/** The lock tables at the cursor. */
import type { ReactNode } from "react";
import { useLanguage } from "../../store/hooks.ts";
import { LockTables } from "./LockTables.tsx";
import "./stage.css";
import { useStage } from "./use_stage.ts";
import { tableWords } from "./words_tables.ts";

export function LockTablePanel(): ReactNode {
  return <LockTables {...useStage()} tableWords={tableWords(useLanguage())} />;
}
