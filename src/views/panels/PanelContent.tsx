/** What each panel shows. All but the index are loaded when they are shown: the page is drawn before. */
import { lazy, type ReactNode, Suspense } from "react";
import { unreachable } from "../../base/assert.ts";
import { PanelGuard } from "../crash/PanelGuard.tsx";
import { IndexPanel } from "../stage/IndexPanel.tsx";
import type { PanelId } from "./arrangements.ts";

const WhyPanel = lazy(async () => {
  const { WhyPanel } = await import("../why/WhyPanel.tsx");
  return { default: WhyPanel };
});
const VersionPanel = lazy(async () => {
  const { VersionPanel } = await import("../stage/VersionPanel.tsx");
  return { default: VersionPanel };
});
const WaitGraphPanel = lazy(async () => {
  const { WaitGraphPanel } = await import("../stage/WaitGraphPanel.tsx");
  return { default: WaitGraphPanel };
});
const EventLogPanel = lazy(async () => {
  const { EventLogPanel } = await import("../log/EventLogPanel.tsx");
  return { default: EventLogPanel };
});
const SchedulePanel = lazy(async () => {
  const { SchedulePanel } = await import("../schedule/SchedulePanel.tsx");
  return { default: SchedulePanel };
});
const LockTablePanel = lazy(async () => {
  const { LockTablePanel } = await import("../stage/LockTablePanel.tsx");
  return { default: LockTablePanel };
});
const LockLevelsPanel = lazy(async () => {
  const { LockLevelsPanel } = await import("../stage/LockLevelsPanel.tsx");
  return { default: LockLevelsPanel };
});
const StreamPanel = lazy(async () => {
  const { StreamPanel } = await import("../stream/StreamPanel.tsx");
  return { default: StreamPanel };
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
