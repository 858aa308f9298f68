/** What each panel shows. All but the index are loaded when they are shown: the page is drawn before. */
import { type ReactNode, Suspense } from "react";
import { unreachable } from "../../base/assert.ts";
import { PanelGuard } from "../crash/PanelGuard.tsx";
import { behindPicture } from "../shell/behind_picture.ts";
import { IndexPanel } from "../stage/IndexPanel.tsx";
import type { PanelId } from "./arrangements.ts";

const WhyPanel = behindPicture(async () => {
  const { WhyPanel } = await import("../why/WhyPanel.tsx");
  return WhyPanel;
});
const VersionPanel = behindPicture(async () => {
  const { VersionPanel } = await import("../stage/VersionPanel.tsx");
  return VersionPanel;
});
const WaitGraphPanel = behindPicture(async () => {
  const { WaitGraphPanel } = await import("../stage/WaitGraphPanel.tsx");
  return WaitGraphPanel;
});
const GivenLogPanel = behindPicture(async () => {
  const { GivenLogPanel } = await import("../stage/GivenLogPanel.tsx");
  return GivenLogPanel;
});
const EventLogPanel = behindPicture(async () => {
  const { EventLogPanel } = await import("../log/EventLogPanel.tsx");
  return EventLogPanel;
});
const SchedulePanel = behindPicture(async () => {
  const { SchedulePanel } = await import("../schedule/SchedulePanel.tsx");
  return SchedulePanel;
});
const LockTablePanel = behindPicture(async () => {
  const { LockTablePanel } = await import("../stage/LockTablePanel.tsx");
  return LockTablePanel;
});
const LockLevelsPanel = behindPicture(async () => {
  const { LockLevelsPanel } = await import("../stage/LockLevelsPanel.tsx");
  return LockLevelsPanel;
});
const StreamPanel = behindPicture(async () => {
  const { StreamPanel } = await import("../stream/StreamPanel.tsx");
  return StreamPanel;
});

export function PanelContent({ panel }: { readonly panel: PanelId }): ReactNode {
  return (
    <PanelGuard>
      <Suspense>
        <Content panel={panel} />
      </Suspense>
    </PanelGuard>
  );
}

function Content({ panel }: { readonly panel: PanelId }): ReactNode {
  switch (panel) {
    case "index":
      return <IndexPanel />;
    case "why":
      return <WhyPanel />;
    case "versions":
      return <VersionPanel />;
    case "waits":
      return <WaitGraphPanel />;
    case "given":
      return <GivenLogPanel />;
    case "log":
      return <EventLogPanel />;
    case "schedule":
      return <SchedulePanel />;
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
