/** The pictures beside each other, on a screen that has room for it. */
import { type ReactNode, useState } from "react";
import { useLanguage } from "../../store/hooks.ts";
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

export function Stage(): ReactNode {
  const text = useText();
  const titles = stageWords(useLanguage()).panels;
  const [below, setBelow] = useState<"log" | "locks">("log");
  return (
    <div className="stage">
      <Narration />
      <div className="stage-panes">
        <Split
          name="stage"
          orientation="vertical"
          panes={[
            {
              id: "index",
              size: 44,
              min: 120,
              content: (
                <PanelFrame title={titles.index}>
                  <IndexPanel />
                </PanelFrame>
              ),
            },
            {
              id: "middle",
              size: 30,
              min: 100,
              bar: text.resize.index,
              content: (
                <Split
                  name="middle"
                  orientation="horizontal"
                  panes={[
                    {
                      id: "versions",
                      size: 60,
                      min: 240,
                      content: (
                        <PanelFrame title={titles.versions}>
                          <VersionPanel />
                        </PanelFrame>
                      ),
                    },
                    {
                      id: "waits",
                      size: 40,
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
              size: 26,
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
