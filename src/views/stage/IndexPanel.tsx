/** The index picture at the cursor: the one that leads. */
import type { ReactNode } from "react";
import { useLeadingPage } from "../../store/hooks.ts";
import { IndexPicture } from "./IndexPicture.tsx";
import "./stage.css";
import { useStage } from "./use_stage.ts";

export function IndexPanel(): ReactNode {
  return <IndexPicture {...useStage(useLeadingPage)} />;
}
