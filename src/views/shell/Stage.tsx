/** The pictures beside each other, on a screen that has room for it. */
import type { ReactNode } from "react";
import { usePage } from "../../store/hooks.ts";
import { PanelMenu } from "../panels/PanelMenu.tsx";
import { StagePanels } from "../panels/StagePanels.tsx";
import { LatePeekBar } from "../peek/LatePeekBar.tsx";
import { DeadlockAlert } from "../stage/DeadlockAlert.tsx";
import { Narration } from "./Narration.tsx";
import { NoticeBar } from "./NoticeBar.tsx";

export function Stage(): ReactNode {
  return (
    <div className="stage" data-peek={usePage((page) => page.peek !== null)}>
      <Narration tools={<PanelMenu />} />
      <NoticeBar />
      <DeadlockAlert />
      <LatePeekBar />
      <div className="stage-panes">
        <StagePanels />
      </div>
    </div>
  );
}
