/** The wait-for graph at the cursor. */
import type { ReactNode } from "react";
import "./stage.css";
import { useStage } from "./use_stage.ts";
import { WaitGraphView } from "./WaitGraphView.tsx";

export function WaitGraphPanel(): ReactNode {
  return <WaitGraphView {...useStage()} />;
}
