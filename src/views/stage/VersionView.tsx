/** The version chain of the record of interest with its read views. Knows no store: a gallery can show it. */
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { intMapGet } from "../../base/int_map.ts";
import { isLongChain } from "../../diagrams/version_folding.ts";
import { versionPicture } from "../../diagrams/version_picture.ts";
import { recordOfInterest } from "../../diagrams/versions.ts";
import { useLanguage } from "../../store/hooks.ts";
import type { TraceEvent } from "../../trace/events.ts";
import type { RecId } from "../../trace/ids.ts";
import type { State } from "../../trace/state.ts";
import { SightTable } from "../versions/SightTable.tsx";
import { UndoList } from "../versions/UndoList.tsx";
import "../versions/versions.css";
import type { WalkAt } from "../versions/Walk.tsx";
import { versionWords } from "../versions/words.ts";
import { lateFunction } from "./late_function.ts";
import { SessionChip } from "./Marks.tsx";
import { PictureArea } from "./PictureArea.tsx";
import type { Pointing } from "./pointing.ts";
import { Picture } from "./SvgButton.tsx";
import { TrxAxisView } from "./TrxAxisView.tsx";
import { scrollBehavior } from "./use_own_scroll.ts";
import { type CheckedNow, VerdictRows } from "./VerdictRows.tsx";
import { VersionCards } from "./VersionCards.tsx";
import { versionTexts } from "./version_texts.ts";
import type { StageWords } from "./words.ts";

const useWalk = lateFunction(async () => (await import("../versions/Walk.tsx")).Walk);

/** A version's card in the middle of what is in sight. */
const CARD_ROOM = 150;

export function VersionView(props: {
  readonly state: State;
  readonly event: TraceEvent | null;
  readonly words: StageWords;
  readonly pointing: Pointing;
  /** Of what each session would see so many records at the most. */
  readonly sightMost?: number | undefined;
}): ReactNode {
  const { state, event, words, pointing } = props;
  const { selection } = pointing;
  const more = versionWords(useLanguage());
  const [walk, setWalk] = useState<WalkAt | null>(null);
  const Walk = useWalk(walk !== null);
  const scroller = useRef<HTMLDivElement>(null);
  const rec = useMemo(() => recordOfInterest(state, selection), [state, selection]);
  const [opened, setOpened] = useState<RecId | null>(null);
  const isOpen = rec !== null && opened === rec.id;
  const selected = selection?.kind === "version" && selection.rec === rec?.id ? selection.id : null;
  const depth =
    walk?.depth ?? (rec === null ? null : (checkedNow(event, rec.id, words)?.depth ?? null));
  const walkedView = walk?.view ?? null;
  const picture = useMemo(() => {
    const depths = depth === null ? [] : [depth];
    const folding = { isOpen, selected, depths, walked: walkedView };
    return rec === null ? null : versionPicture(state, rec, versionTexts(words, more), folding);
  }, [state, rec, words, more, isOpen, selected, depth, walkedView]);
  const walkedCard =
    walk === null
      ? undefined
      : picture?.cards.find(({ version }) => version.depth === walk.depth)?.box.x;
  useEffect(() => {
    const { current } = scroller;
    if (walkedCard === undefined || current === null) return;
    const left = walkedCard - (current.clientWidth - CARD_ROOM) / 2;
    current.scrollTo({ left, behavior: scrollBehavior() });
  }, [walkedCard]);
  if (rec === null || picture === null) {
    return <p className="stage-empty">{words.versions.choose}</p>;
  }
  const index = intMapGet(state.indexes, rec.index);
  const walked =
    walk === null ? undefined : picture.verdicts.find(({ view }) => view.id === walk.view);
  const startWalk = (view: number): void => {
    setWalk(walk?.view === view ? null : { view, depth: 0, isPlaying: false });
  };
  const name = `${index?.tableName}.${index?.name} ${rec.key}`;
  return (
    <PictureArea
      label={words.panels.versions}
      pointing={pointing}
      {...{ state, words }}
      className="stage-versions"
    >
      <header className="version-header">
        <h3 className="table-name" data-ref={`rec:${rec.id}`}>
          {name}
        </h3>
        {picture.views.map((row) => (
          <span key={row.view} className="version-seen" data-ref={`readView:${row.view}`}>
            <SessionChip session={row.session} />
            {row.conclusion.text}
            <button
              type="button"
              className="stage-button walk-button"
              aria-pressed={walk?.view === row.view}
              onClick={(press) => {
                press.stopPropagation();
                startWalk(row.view);
              }}
            >
              {more.walk(row.session)}
            </button>
          </span>
        ))}
        {isOpen && isLongChain(picture.versions) && (
          <button type="button" className="stage-button" onClick={() => setOpened(null)}>
            {more.foldAgain}
          </button>
        )}
      </header>
      {Walk !== null && walk !== null && walked !== undefined && (
        <Walk
          walk={walk}
          verdicts={walked}
          trxIds={picture.versions.map((version) => version.trxId)}
          words={more}
          onWalk={setWalk}
        />
      )}
      <div ref={scroller} className="stage-scroll">
        <Picture label={name} width={picture.width} height={picture.height}>
          <VersionCards
            picture={picture}
            selected={pointing.selected}
            walked={walked === undefined ? null : (walk?.depth ?? null)}
            words={more}
            onUnfold={() => setOpened(rec.id)}
          />
          <VerdictRows
            rec={rec.id}
            rows={picture.views}
            selected={pointing.selected}
            checked={
              walked === undefined || walk === null
                ? checkedNow(event, rec.id, words)
                : { view: walk.view, depth: walk.depth, text: words.versions.readNow }
            }
            walk={walked === undefined ? null : walk}
          />
          {picture.views.length > 0 && <TrxAxisView axis={picture.axis} words={words} />}
        </Picture>
      </div>
      {picture.views.length === 0 && <p className="stage-hint">{words.versions.noViews}</p>}
      {index !== undefined && (
        <SightTable state={state} table={index.table} words={more} most={props.sightMost} />
      )}
      <UndoList state={state} words={more} />
    </PictureArea>
  );
}

/** The engine's own verdict, when the event at the cursor is one about this record. */
function checkedNow(event: TraceEvent | null, rec: number, words: StageWords): CheckedNow | null {
  if (event?.type !== "readView.checked" || event.rec !== rec) return null;
  return { view: event.view, depth: event.depth, text: words.versions.readNow };
}
