/** The same in one column with tabs, for tablets and phones. */
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useGuide } from "../../store/guide_store.ts";
import { useLanguage, usePage } from "../../store/hooks.ts";
import { LEADING, type PanelId, panelsOf } from "../panels/arrangements.ts";
import { PanelContent } from "../panels/PanelContent.tsx";
import { OwnSightToggle } from "../panels/SightToggle.tsx";
import { panelWords } from "../panels/words.ts";
import { LatePeekBar } from "../peek/LatePeekBar.tsx";
import { LateSessions } from "../session/LateSessions.tsx";
import { DeadlockAlert } from "../stage/DeadlockAlert.tsx";
import { useText } from "../text/use_text.ts";
import { CaretIcon } from "./Icons.tsx";
import { Narration } from "./Narration.tsx";
import { PanelFrame } from "./PanelFrame.tsx";
import { Tabs } from "./Tabs.tsx";
import { useAskedTab } from "./use_asked_tab.ts";

export function NarrowPage(): ReactNode {
  const text = useText();
  const words = panelWords(useLanguage());
  const panels = panelsOf(usePage((page) => page.script.log !== undefined));
  const [chosen, setChosen] = useAskedTab<PanelId | "sessions">(
    useState<PanelId | "sessions">("sessions"),
    ["sessions", ...panels],
  );
  const place = useRef<HTMLDivElement>(null);
  const opening = usePage((page) => page.openings);
  // Another story begins at its top, wherever the one before was read.
  useEffect(() => {
    if (opening > 0) place.current?.querySelector(".tabs-panel")?.scrollTo({ top: 0 });
  }, [opening]);
  // Beside a lesson stands the picture that it is about; what is run stands in its text.
  const guided = useGuide((guide) => guide.lesson);
  const lesson = useRef<string | null>(null);
  useEffect(() => {
    if (guided !== null && guided.id !== lesson.current) setChosen(LEADING[guided.view]);
    lesson.current = guided?.id ?? null;
  });
  return (
    <div ref={place} className="narrow" data-peek={usePage((page) => page.peek !== null)}>
      <Narration />
      <DeadlockAlert />
      <LatePeekBar />
      <Tabs<PanelId | "sessions">
        className="narrow-tabs"
        label={text.tabs.panels}
        chosen={chosen}
        onChoose={setChosen}
        tools={
          <span className="all-tabs">
            <CaretIcon />
            <select
              aria-label={text.tabs.all}
              value={chosen}
              onChange={(event) => setChosen(event.target.value as PanelId | "sessions")}
            >
              <option value="sessions">{text.tabs.sessions}</option>
              {panels.map((id) => (
                <option key={id} value={id}>
                  {words.titles[id]}
                </option>
              ))}
            </select>
          </span>
        }
        tabs={[
          { id: "sessions", title: text.tabs.sessions, content: () => <LateSessions /> },
          ...panels.map((id) => ({
            id,
            title: words.short[id],
            content: () => (
              <PanelFrame
                title={words.titles[id]}
                panel={id}
                tools={id === "index" ? <OwnSightToggle /> : undefined}
              >
                <PanelContent panel={id} />
              </PanelFrame>
            ),
          })),
        ]}
      />
    </div>
  );
}
