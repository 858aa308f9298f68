/** Versions and read views at the cursor. */
import type { ReactNode } from "react";
import "./stage.css";
import { useStage } from "./use_stage.ts";
import { VersionView } from "./VersionView.tsx";

export function VersionPanel(): ReactNode {
  return <VersionView {...useStage()} />;
}
