/** The same in one column with tabs, for tablets and phones. */
import { type ReactNode, useState } from "react";
import { useLanguage } from "../../store/hooks.ts";
import { EventLogPanel } from "../log/EventLogPanel.tsx";
import { SessionColumn } from "../session/SessionColumn.tsx";
import { IndexPanel } from "../stage/IndexPanel.tsx";
import { LockLevelsPanel } from "../stage/LockLevelsPanel.tsx";
import { LockTablePanel } from "../stage/LockTablePanel.tsx";
import { stageWords } from "../stage/language.ts";
import { VersionPanel } from "../stage/VersionPanel.tsx";
import { WaitGraphPanel } from "../stage/WaitGraphPanel.tsx";
import { levelWords } from "../stage/words_levels.ts";
import { StreamPanel } from "../stream/StreamPanel.tsx";
import { streamWords } from "../stream/words.ts";
import { useText } from "../text/use_text.ts";
import { Narration } from "./Narration.tsx";
import { PanelFrame } from "./PanelFrame.tsx";
import { Tabs } from "./Tabs.tsx";

type TabId = "sessions" | "index" | "versions" | "waits" | "locks" | "levels" | "stream" | "log";

export function NarrowPage(): ReactNode {
  const text = useText();
  const language = useLanguage();
  const titles = stageWords(language).panels;
  const levels = levelWords(language);
  const stream = streamWords(language);
  const [chosen, setChosen] = useState<TabId>("sessions");
  const framed = (title: string, panel: ReactNode) => (
    <PanelFrame title={title}>{panel}</PanelFrame>
  );
  return (
    <div className="narrow">
      <Narration />
      <Tabs
        className="narrow-tabs"
        label={text.tabs.panels}
        chosen={chosen}
        onChoose={setChosen}
        tabs={[
          {
            id: "sessions",
            title: text.tabs.sessions,
            content: () => <SessionColumn />,
          },
          {
            id: "index",
            title: text.tabs.index,
            content: () => framed(titles.index, <IndexPanel />),
          },
          {
            id: "versions",
            title: text.tabs.versions,
            content: () => framed(titles.versions, <VersionPanel />),
          },
          {
            id: "waits",
            title: text.tabs.waits,
            content: () => framed(titles.waits, <WaitGraphPanel />),
          },
          {
            id: "locks",
            title: text.tabs.locks,
            content: () => framed(titles.locks, <LockTablePanel />),
          },
          {
            id: "levels",
            title: levels.title,
            content: () => framed(levels.title, <LockLevelsPanel />),
          },
          {
            id: "stream",
            title: stream.title,
            content: () => framed(stream.title, <StreamPanel />),
          },
          {
            id: "log",
            title: text.tabs.log,
            content: () => framed(text.log.title, <EventLogPanel />),
          },
        ]}
      />
    </div>
  );
}
