/** The lock tables at the cursor. */
import type { ReactNode } from "react";
import { LockTables } from "./LockTables.tsx";
import "./stage.css";
import { useStage } from "./use_stage.ts";

export function LockTablePanel(): ReactNode {
  return <LockTables {...useStage()} />;
}
