/** The index picture at the cursor: the one that leads. */
import type { ReactNode } from "react";
import { useLeadingPage } from "../../store/hooks.ts";
import { useHasSights } from "../panels/use_panels.ts";
import { IndexPicture } from "./IndexPicture.tsx";
import "./stage.css";
import { useStage } from "./use_stage.ts";

export function IndexPanel(): ReactNode {
  const hasSights = useHasSights();
  return <IndexPicture {...useStage(useLeadingPage)} hasSights={hasSights} />;
}
