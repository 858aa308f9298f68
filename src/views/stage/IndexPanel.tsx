/** The index picture at the cursor: the one that leads. */
import type { ReactNode } from "react";
import { useLeadingPage } from "../../store/hooks.ts";
import { useHasSights } from "../panels/use_panels.ts";
import { IndexPicture } from "./IndexPicture.tsx";
import "./stage.css";
import { useStage } from "./use_stage.ts";
import { useSubjects } from "./use_subjects.ts";

export function IndexPanel(): ReactNode {
  const hasSights = useHasSights();
  const subjects = useSubjects(useLeadingPage);
  return <IndexPicture {...useStage(useLeadingPage)} {...{ subjects, hasSights }} />;
}
