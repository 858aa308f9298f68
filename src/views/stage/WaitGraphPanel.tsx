/** Who waits for whom at the cursor. */
import type { ReactNode } from "react";
import { usePage } from "../../store/hooks.ts";
import "./stage.css";
import { useStage } from "./use_stage.ts";
import { WaitGraphView } from "./WaitGraphView.tsx";

export function WaitGraphPanel(): ReactNode {
  const seek = usePage((page) => page.seek);
  return <WaitGraphView {...useStage()} onGoTo={(seq) => seek(seq + 1)} />;
}
