/**
 * A picture to take away: what happens in a sentence, and the parts of the stage that were asked for, in a language and in
 * colours of its own. It is laid out off the screen; nothing in it reads the page's store.
 */
import { Fragment, type ReactNode } from "react";
import type { CellOptions } from "../../diagrams/index_cells.ts";
import type { Language, Theme } from "../../store/preferences.ts";
import type { TraceEvent } from "../../trace/events.ts";
import { explain } from "../../trace/explain.ts";
import type { Ref } from "../../trace/ref.ts";
import type { State } from "../../trace/state.ts";
import { IndexPicture } from "../stage/IndexPicture.tsx";
import { LockLevels } from "../stage/LockLevels.tsx";
import { LockTables } from "../stage/LockTables.tsx";
import { stageWords } from "../stage/language.ts";
import type { Pointing } from "../stage/pointing.ts";
import { VersionView } from "../stage/VersionView.tsx";
import { WaitGraphView } from "../stage/WaitGraphView.tsx";
import { deadlockWords } from "../stage/words_deadlock.ts";
import { levelWords } from "../stage/words_levels.ts";
import { tableWords } from "../stage/words_tables.ts";
import { Pipeline } from "../stream/Pipeline.tsx";
import { StatusLines } from "../stream/StatusLines.tsx";
import { streamWords } from "../stream/words.ts";
import type { Doing } from "./doing.ts";
import { pictureWords } from "./picture_words.ts";
import type { Part } from "./poster_parts.ts";
import "../stage/stage.css";
import "../stream/stream.css";
import "./poster.css";

export interface PosterView {
  readonly title: string;
  readonly parts: readonly Part[];
  readonly language: Language;
  readonly theme: Theme;
  readonly width: number;
  readonly state: State;
  readonly event: TraceEvent | null;
  readonly selection: Ref | null;
  /** The statement that is being run or has just been. */
  readonly doing: Doing | null;
  /** 0 to 1: how far in the story. */
  readonly progress: number;
}

/** How near the index lines are; null: as the number of records has it. */
export type Nearness = NonNullable<CellOptions["zoom"]> | null;

export function Poster(props: {
  readonly view: PosterView;
  /** Versions and waits beside each other, or all below one another. */
  readonly columns: 1 | 2;
  readonly nearness: Nearness;
}): ReactNode {
  const { view } = props;
  const { language, theme, width, event, doing, parts } = view;
  const sentence = event === null || event.command < 0 ? null : explain(event, language);
  const wide = props.columns === 2 && parts.includes("versions") && parts.includes("waits");
  return (
    <div
      className="poster"
      data-theme={theme}
      lang={language === "zh" ? "zh-CN" : "en"}
      style={{ width }}
    >
      <header className="poster-header" data-session={doing?.session}>
        <h1>{view.title}</h1>
        {doing !== null && (
          <p className="poster-doing">
            {doing.session !== "" && <span className="session-chip">{doing.session}</span>}
            <code>{doing.text}</code>
          </p>
        )}
        <p className="poster-sentence">{sentence ?? pictureWords(language).setUp}</p>
        <div className="poster-progress">
          <span style={{ width: `${view.progress * 100}%` }} />
        </div>
      </header>
      <div className="poster-parts" data-wide={wide}>
        {parts.map((part) => (
          <PosterPart key={part} part={part} view={view} nearness={props.nearness} />
        ))}
      </div>
      <footer className="poster-footer">{pictureWords(language).madeWith}</footer>
    </div>
  );
}

const NOTHING = (): void => {};

/** Records in the table of what each session would see: a picture does not scroll. */
const SIGHT_MOST = 6;

function PosterPart(props: {
  readonly part: Part;
  readonly view: PosterView;
  readonly nearness: Nearness;
}): ReactNode {
  const { part, view, nearness } = props;
  const { state, event, language } = view;
  const words = stageWords(language);
  const pointing: Pointing = {
    lit: new Set(),
    selection: view.selection,
    selected: null,
    ghosts: new Set(),
    onPoint: NOTHING,
    onSelect: NOTHING,
  };
  const panel = (title: string, content: ReactNode): ReactNode => (
    <section className="poster-part" data-part={part}>
      <h2>{title}</h2>
      {content}
    </section>
  );
  switch (part) {
    case "index":
      return panel(
        words.panels.index,
        <IndexPicture {...{ state, event, words, pointing, nearness }} />,
      );
    case "versions":
      return panel(
        words.panels.versions,
        <VersionView {...{ state, event, words, pointing }} sightMost={SIGHT_MOST} />,
      );
    case "waits":
      return panel(
        words.panels.waits,
        <WaitGraphView
          {...{ state, words, pointing }}
          onGoTo={NOTHING}
          elsewhere={<p className="stage-hint">{deadlockWords(language).nobodyWaits}</p>}
        />,
      );
    case "levels":
      return panel(
        levelWords(language).title,
        <LockLevels {...{ state, words, pointing }} levelWords={levelWords(language)} />,
      );
    case "tables":
      return panel(
        words.panels.locks,
        <LockTables {...{ state, words, pointing }} tableWords={tableWords(language)} />,
      );
    case "stream":
      return panel(
        streamWords(language).title,
        state.net.map((net) => (
          <Fragment key={net.session}>
            <Pipeline net={net} words={streamWords(language)} />
            <StatusLines
              net={net}
              clockMs={state.clockMs}
              writeTimeoutMs={null}
              words={streamWords(language)}
            />
          </Fragment>
        )),
      );
  }
}
