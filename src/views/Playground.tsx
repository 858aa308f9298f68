/**
 * The playground: the bar at the top, sessions at the left, pictures at the right, time at the bottom.
 *
 *     ┌ header: example, time, page ──────────────────────────────┐
 *     │ session A        │ what happens, in a sentence             │
 *     │   editor         │ index lines with locks                  │
 *     │   results        │ versions        │ who waits for whom    │
 *     │ session B ...    │ event log, lock tables                  │
 *     ├ timeline ───────────────────────────────────────────────────┤
 */
import { lazy, type ReactNode, Suspense, useCallback } from "react";
import { useGuide } from "../store/guide_store.ts";
import { useLanguage, usePage } from "../store/hooks.ts";
import { FilesDesk } from "./files/FilesDesk.tsx";
import { Header } from "./header/Header.tsx";
import { useGuidePane } from "./lesson/GuidePane.tsx";
import { lessonLinkWords } from "./lesson/link_words.ts";
import { LateSessions } from "./session/LateSessions.tsx";
import { closing } from "./shell/closing.ts";
import { InTurn, TURN_OF_TIMELINE } from "./shell/InTurn.tsx";
import { NarrowPage } from "./shell/NarrowPage.tsx";
import { NoticeBar } from "./shell/NoticeBar.tsx";
import { Split } from "./shell/Split.tsx";
import { Stage } from "./shell/Stage.tsx";
import { useFocusKept } from "./shell/use_focus_kept.ts";
import { NARROW, useMedia } from "./shell/use_media.ts";
import { usePageKeys } from "./shell/use_page_keys.ts";
import { useRapidMoves } from "./shell/use_rapid_moves.ts";
import { useText } from "./text/use_text.ts";
import { LateTimeline } from "./timeline/LateTimeline.tsx";

const CompareDialog = lazy(async () => {
  const { CompareDialog } = await import("./compare/CompareDialog.tsx");
  return { default: CompareDialog };
});
const PaletteDialog = lazy(async () => {
  const { PaletteDialog } = await import("./palette/PaletteDialog.tsx");
  return { default: PaletteDialog };
});
const HelpDialog = lazy(async () => {
  const { HelpDialog } = await import("./header/HelpDialog.tsx");
  return { default: HelpDialog };
});
const EditStep = lazy(async () => {
  const { EditStep } = await import("./schedule/EditStep.tsx");
  return { default: EditStep };
});
const DeadlockLog = lazy(async () => {
  const { DeadlockLog } = await import("./stage/DeadlockLog.tsx");
  return { default: DeadlockLog };
});

/** What ends each sheet. */
const CLOSE = {
  help: closing("help"),
  palette: closing("palette"),
  deadlockLog: closing("deadlockLog"),
  compare: closing("compare"),
  step: closing("step"),
};

export function Playground(): ReactNode {
  const guide = useGuidePane();
  const language = useLanguage();
  const text = useText();
  const isNarrow = useMedia(NARROW);
  const isEmpty = usePage((page) => page.openings <= 1 && page.script.scenario.id === "empty");
  const isLost = useGuide((guide) => guide.failure !== null);
  const sheet = usePage((page) => page.sheet);
  const openSheet = usePage((page) => page.openSheet);
  const openHelp = useCallback(() => openSheet("help"), [openSheet]);
  usePageKeys(openHelp);
  useFocusKept();
  useRapidMoves();
  return (
    // Nothing is drawn empty that a lesson is about to fill.
    <div className="page" data-waiting={guide !== null && isEmpty && !isLost}>
      <Header onHelp={openHelp} />
      {isNarrow && <NoticeBar />}
      <main className="main">
        {isNarrow && guide}
        {isNarrow ? (
          <NarrowPage />
        ) : (
          <Split
            name={guide === null ? "columns" : "columns-guided"}
            orientation="horizontal"
            panes={[
              ...(guide === null ? [] : [{ id: "guide", size: 25, min: 270, content: guide }]),
              {
                id: "sessions",
                size: guide === null ? 36 : 27,
                min: guide === null ? 340 : 290,
                ...(guide === null ? {} : { bar: lessonLinkWords(language).width }),
                content: <LateSessions />,
              },
              {
                id: "stage",
                size: guide === null ? 64 : 48,
                min: guide === null ? 460 : 400,
                bar: text.resize.columns,
                content: <Stage />,
              },
            ]}
          />
        )}
      </main>
      <InTurn turn={TURN_OF_TIMELINE}>
        <LateTimeline />
      </InTurn>
      <FilesDesk />
      <Suspense>
        {sheet === "help" && <HelpDialog onClose={CLOSE.help} />}
        {sheet === "palette" && <PaletteDialog onClose={CLOSE.palette} />}
        {sheet === "deadlockLog" && <DeadlockLog onClose={CLOSE.deadlockLog} />}
        {sheet === "step" && <EditStep onClose={CLOSE.step} />}
        {sheet === "compare" && <CompareDialog onClose={CLOSE.compare} />}
      </Suspense>
    </div>
  );
}
