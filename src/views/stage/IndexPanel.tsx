/** The index picture at the cursor. */
import type { ReactNode } from "react";
import { IndexPicture } from "./IndexPicture.tsx";
import "./stage.css";
import { useStage } from "./use_stage.ts";

export function IndexPanel(): ReactNode {
  return <IndexPicture {...useStage()} />;
}
