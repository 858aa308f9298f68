/** What each panel shows. */
import type { ReactNode } from "react";
import { unreachable } from "../../base/assert.ts";
import { EventLogPanel } from "../log/EventLogPanel.tsx";
import { IndexPanel } from "../stage/IndexPanel.tsx";
import { LockLevelsPanel } from "../stage/LockLevelsPanel.tsx";
import { LockTablePanel } from "../stage/LockTablePanel.tsx";
import { VersionPanel } from "../stage/VersionPanel.tsx";
import { WaitGraphPanel } from "../stage/WaitGraphPanel.tsx";
import { StreamPanel } from "../stream/StreamPanel.tsx";
import { WhyPanel } from "../why/WhyPanel.tsx";
import type { PanelId } from "./arrangements.ts";

export function PanelContent({ panel }: { readonly panel: PanelId }): ReactNode {
  switch (panel) {
    case "index":
      return <IndexPanel />;
    case "why":
      return <WhyPanel />;
    case "versions":
      return <VersionPanel />;
    case "waits":
      return <WaitGraphPanel />;
    case "log":
      return <EventLogPanel />;
    case "locks":
      return <LockTablePanel />;
    case "levels":
      return <LockLevelsPanel />;
    case "stream":
      return <StreamPanel />;
    default:
      return unreachable(panel);
  }
}
