/** The pictures beside each other, on a screen that has room for it. */
import { type ReactNode, useState } from "react";
import type { Arrangement } from "../../lessons/lesson.ts";
import { lessonById } from "../../lessons/lessons.ts";
import { useLanguage, usePage } from "../../store/hooks.ts";
import { EventLogPanel } from "../log/EventLogPanel.tsx";
import { IndexPanel } from "../stage/IndexPanel.tsx";
import { LockTablePanel } from "../stage/LockTablePanel.tsx";
import { stageWords } from "../stage/language.ts";
import { VersionPanel } from "../stage/VersionPanel.tsx";
import { WaitGraphPanel } from "../stage/WaitGraphPanel.tsx";
import { useText } from "../text/use_text.ts";
import { Narration } from "./Narration.tsx";
import { PanelFrame } from "./PanelFrame.tsx";
import { Split } from "./Split.tsx";
import { Tabs } from "./Tabs.tsx";

/** Per cent: index, middle, below; and within the middle the versions. */
const SIZES: Readonly<Record<Arrangement, readonly [number, number, number, number]>> = {
  locks: [46, 28, 26, 60],
  versions: [28, 46, 26, 76],
  waits: [29, 48, 23, 44],
};

export function Stage(): ReactNode {
  const arrangement = usePage((page) => lessonById(page.script.lesson)?.arrangement ?? "locks");
  const [index, middle, under, versions] = SIZES[arrangement];
  const text = useText();
  const titles = stageWords(useLanguage()).panels;
  const [below, setBelow] = useState<"log" | "locks">("log");
  return (
    <div className="stage">
      <Narration />
      <div className="stage-panes">
        <Split
          name={`stage-${arrangement}`}
          orientation="vertical"
          panes={[
            {
              id: "index",
              size: index,
              min: 120,
              content: (
                <PanelFrame title={titles.index}>
                  <IndexPanel />
                </PanelFrame>
              ),
            },
            {
              id: "middle",
              size: middle,
              min: 100,
              bar: text.resize.index,
              content: (
                <Split
                  name={`middle-${arrangement}`}
                  orientation="horizontal"
                  panes={[
                    {
                      id: "versions",
                      size: versions,
                      min: 240,
                      content: (
                        <PanelFrame title={titles.versions}>
                          <VersionPanel />
                        </PanelFrame>
                      ),
                    },
                    {
                      id: "waits",
                      size: 100 - versions,
                      min: 200,
                      bar: text.resize.versions,
                      content: (
                        <PanelFrame title={titles.waits}>
                          <WaitGraphPanel />
                        </PanelFrame>
                      ),
                    },
                  ]}
                />
              ),
            },
            {
              id: "below",
              size: under,
              min: 100,
              bar: text.resize.middle,
              content: (
                <Tabs
                  className="panel"
                  label={text.tabs.below}
                  chosen={below}
                  onChoose={setBelow}
                  tabs={[
                    { id: "log", title: text.log.title, content: () => <EventLogPanel /> },
                    { id: "locks", title: titles.locks, content: () => <LockTablePanel /> },
                  ]}
                />
              ),
            },
          ]}
        />
      </div>
    </div>
  );
}
