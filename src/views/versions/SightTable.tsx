/** What would each session see now: a row of values under each record, for every open view and level. */
import { type ReactNode, useMemo } from "react";
import { type Reader, type Seen, sightOf } from "../../diagrams/sight.ts";
import { usePage } from "../../store/hooks.ts";
import type { SessionName, TableId } from "../../trace/ids.ts";
import { valueText } from "../../trace/printing.ts";
import type { State } from "../../trace/state.ts";
import { SessionChip } from "../stage/Marks.tsx";
import type { VersionWords } from "./words.ts";

export function SightTable(props: {
  readonly state: State;
  readonly table: TableId;
  readonly words: VersionWords;
  /** So many records at the most, where there is no room to scroll. */
  readonly most?: number | undefined;
}): ReactNode {
  const { state, table, words, most } = props;
  const sight = useMemo(() => sightOf(state, table, most), [state, table, most]);
  const isAsking = usePage((page) => page.isAsking);
  const cards = usePage((page) => page.script.sessions);
  const unconnected = cards.filter((name) => !state.sessions.some((one) => one.name === name));
  if (sight === null || sight.records.length === 0) return null;
  // It would answer most questions of a lesson.
  if (isAsking) {
    return (
      <div className="sight">
        <h3>{words.sight}</h3>
        <p className="sight-hint">{words.sightLater}</p>
      </div>
    );
  }
  return (
    <div className="sight">
      <h3>{words.sight}</h3>
      <p className="sight-hint">
        {sight.columns.length === 0 ? words.sightKeys : words.sightHint(sight.columns.join(", "))}{" "}
        {hasOlder(sight) && words.sightBack}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be reached by keyboard */}
      <section className="sight-scroll" tabIndex={0} aria-label={words.sight}>
        <table className="sight-table">
          <thead>
            <tr>
              <th scope="col">{words.reader}</th>
              {sight.records.map((record) => (
                <th key={record.rec} scope="col" data-ref={`rec:${record.rec}`}>
                  {record.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sight.readers.map((reader) => (
              <tr
                key={`${reader.session} ${reader.level}`}
                data-session={reader.session ?? undefined}
              >
                <ReaderCell reader={reader} unconnected={unconnected} words={words} />
                {reader.seen.map((seen, at) => (
                  <SeenCell key={sight.records[at]?.rec} seen={seen} words={words} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}

/** Somewhere stands by how many versions one had to go back. */
function hasOlder({ readers }: NonNullable<ReturnType<typeof sightOf>>): boolean {
  return readers.some(({ seen }) => seen.some((one) => one.kind === "row" && one.depth > 0));
}

function ReaderCell(props: {
  readonly reader: Reader;
  /** Sessions of the page that read as a newcomer does. */
  readonly unconnected: readonly SessionName[];
  readonly words: VersionWords;
}): ReactNode {
  const { reader, unconnected, words } = props;
  const { session, level, view } = reader;
  const how =
    view !== null
      ? words.withView
      : level === "READ UNCOMMITTED"
        ? words.noView
        : reader.seen.some((seen) => seen.kind === "waits")
          ? words.locks
          : words.newView;
  return (
    <th scope="row" data-ref={view === null ? undefined : `readView:${view}`}>
      {session === null ? (
        <>
          {unconnected.map((name) => (
            <SessionChip key={name} session={name} />
          ))}{" "}
          {words.newcomer}
        </>
      ) : (
        <SessionChip session={session} />
      )}
      <small>
        {session === null && level === "REPEATABLE READ" ? words.eitherLevel : level} · {how}
      </small>
    </th>
  );
}

function SeenCell(props: { readonly seen: Seen; readonly words: VersionWords }): ReactNode {
  const { seen, words } = props;
  switch (seen.kind) {
    case "row":
      return (
        <td data-depth={seen.depth} title={seen.depth === 0 ? undefined : words.deeper(seen.depth)}>
          {seen.values.length === 0 ? "✓" : seen.values.map((value) => valueText(value)).join(", ")}
          {seen.depth > 0 && <small> v−{seen.depth}</small>}
        </td>
      );
    case "none":
      return <td className="sight-none">{words.noRow}</td>;
    case "waits":
      return <td className="sight-waits">⧗ {words.waits(seen.writer)}</td>;
  }
}
