/** The pictures beside each other, on a screen that has room for it. */
import { type ReactNode, useState } from "react";
import type { Arrangement } from "../../lessons/lesson.ts";
import { lessonById } from "../../lessons/lessons.ts";
import { useLanguage, usePage } from "../../store/hooks.ts";
import { EventLogPanel } from "../log/EventLogPanel.tsx";
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
import { Split } from "./Split.tsx";
import { Tabs } from "./Tabs.tsx";

type Sizes = readonly [number, number, number, number];

/** Per cent: index, middle, below; and within the middle the versions. */
const SIZES: Readonly<Record<Exclude<Arrangement, "versions" | "levels" | "streaming">, Sizes>> = {
  locks: [50, 30, 20, 52],
  waits: [35, 47, 18, 44],
};
/** Per cent: versions over the rest; and in the rest the index. */
const VERSIONS_FIRST = { versions: 76, index: 46 };

export function Stage(): ReactNode {
  const arrangement = usePage((page) => lessonById(page.script.lesson)?.arrangement ?? "locks");
  return (
    <div className="stage">
      <Narration />
      <div className="stage-panes">
        <Panes arrangement={arrangement} />
      </div>
    </div>
  );
}

function Panes({ arrangement }: { readonly arrangement: Arrangement }): ReactNode {
  switch (arrangement) {
    case "versions":
      return <VersionsFirst />;
    case "levels":
    case "streaming":
      return (
        <PanelsFirst key={arrangement} first={arrangement === "levels" ? "levels" : "stream"} />
      );
    default:
      return <IndexFirst arrangement={arrangement} />;
  }
}

/** The lock levels or the result stream in most of the room, the rows above them. */
function PanelsFirst({ first }: { readonly first: "levels" | "stream" }): ReactNode {
  const text = useText();
  const panels = <Below hasWaits={true} first={first} />;
  return (
    <Split
      name="stage-levels-first"
      orientation="vertical"
      panes={[
        { id: "index", size: 26, min: 110, content: <IndexFrame /> },
        { id: "below", size: 74, min: 160, bar: text.resize.index, content: panels },
      ]}
    />
  );
}

/** The index above all, versions and waits beside each other, the log below. */
function IndexFirst(props: { readonly arrangement: keyof typeof SIZES }): ReactNode {
  const { arrangement } = props;
  const [index, middle, under, versions] = SIZES[arrangement];
  const text = useText();
  const waits = { id: "waits", size: 100 - versions, min: 200, bar: text.resize.versions };
  return (
    <Split
      name={`stage-${arrangement}`}
      orientation="vertical"
      panes={[
        { id: "index", size: index, min: 120, content: <IndexFrame /> },
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
                { id: "versions", size: versions, min: 240, content: <VersionFrame /> },
                { ...waits, content: <WaitFrame /> },
              ]}
            />
          ),
        },
        {
          id: "below",
          size: under,
          min: 100,
          bar: text.resize.middle,
          content: <Below />,
        },
      ]}
    />
  );
}

/** The versions at full width and height; what there is to say about locks below them. */
function VersionsFirst(): ReactNode {
  const text = useText();
  const { versions, index } = VERSIONS_FIRST;
  return (
    <Split
      name="stage-versions-first"
      orientation="vertical"
      panes={[
        { id: "versions", size: versions, min: 160, content: <VersionFrame /> },
        {
          id: "rest",
          size: 100 - versions,
          min: 120,
          bar: text.resize.middle,
          content: (
            <Split
              name="rest"
              orientation="horizontal"
              panes={[
                { id: "index", size: index, min: 240, content: <IndexFrame /> },
                {
                  id: "below",
                  size: 100 - index,
                  min: 240,
                  bar: text.resize.versions,
                  content: <Below hasWaits={true} />,
                },
              ]}
            />
          ),
        },
      ]}
    />
  );
}

function IndexFrame(): ReactNode {
  return (
    <PanelFrame title={stageWords(useLanguage()).panels.index}>
      <IndexPanel />
    </PanelFrame>
  );
}

function VersionFrame(): ReactNode {
  return (
    <PanelFrame title={stageWords(useLanguage()).panels.versions}>
      <VersionPanel />
    </PanelFrame>
  );
}

function WaitFrame(): ReactNode {
  return (
    <PanelFrame title={stageWords(useLanguage()).panels.waits}>
      <WaitGraphPanel />
    </PanelFrame>
  );
}

function Below({
  hasWaits = false,
  first = "log",
}: {
  readonly hasWaits?: boolean;
  readonly first?: "log" | "levels" | "stream";
}): ReactNode {
  const text = useText();
  const language = useLanguage();
  const titles = stageWords(language).panels;
  const levels = levelWords(language);
  const [chosen, choose] = useState<"log" | "locks" | "levels" | "stream" | "waits">(first);
  const waits = { id: "waits" as const, title: titles.waits, content: () => <WaitGraphPanel /> };
  return (
    <Tabs
      className="panel"
      label={text.tabs.below}
      chosen={chosen}
      onChoose={choose}
      tabs={[
        { id: "log", title: text.log.title, content: () => <EventLogPanel /> },
        { id: "locks", title: titles.locks, content: () => <LockTablePanel /> },
        { id: "levels", title: levels.title, content: () => <LockLevelsPanel /> },
        { id: "stream", title: streamWords(language).title, content: () => <StreamPanel /> },
        ...(hasWaits ? [waits] : []),
      ]}
    />
  );
}
