/** Versions and read views at the cursor. */
import type { ReactNode } from "react";
import { useEventAtCursor, useSelection } from "../../store/hooks.ts";
import "./stage.css";
import { useStage } from "./use_stage.ts";
import { VersionView } from "./VersionView.tsx";

export function VersionPanel(): ReactNode {
  const stage = useStage();
  const event = useEventAtCursor();
  const selection = useSelection();
  return <VersionView {...stage} event={event} selection={selection} />;
}
