/** The pictures beside each other, on a screen that has room for it. */
import type { ReactNode } from "react";
import { PanelMenu } from "../panels/PanelMenu.tsx";
import { StagePanels } from "../panels/StagePanels.tsx";
import { Narration } from "./Narration.tsx";

export function Stage(): ReactNode {
  return (
    <div className="stage">
      <Narration tools={<PanelMenu />} />
      <div className="stage-panes">
        <StagePanels />
      </div>
    </div>
  );
}
