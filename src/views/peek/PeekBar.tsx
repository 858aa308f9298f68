/** What the statement that was asked about would do; while it is there, the pictures show the server as it would be. */
import type { ReactNode } from "react";
import { lockKind } from "../../diagrams/lock_shapes.ts";
import type { PeekPicture } from "../../diagrams/peek_picture.ts";
import { useLanguage, usePage } from "../../store/hooks.ts";
import type { RecLockState } from "../../trace/state.ts";
import { SessionChip } from "../stage/Marks.tsx";
import "./peek.css";
import { usePeekPicture } from "./use_peek.ts";
import { type PeekWords, peekWords } from "./words.ts";

/** Keys named before the rest is counted. */
const NAMED_MAX = 12;

export function PeekBar(): ReactNode {
  const words = peekWords(useLanguage());
  const peek = usePage((page) => page.peek);
  const picture = usePeekPicture();
  const dismiss = usePage((page) => page.dismissPeek);
  const run = usePage((page) => page.commands.run);
  if (peek === null || picture === null) return null;
  return (
    <section className="peek" aria-label={words.region} data-session={peek.session}>
      <header className="peek-head">
        <SessionChip session={peek.session} />
        <strong>{words.title(peek.session)}</strong>
        <span className="peek-not-run">{words.notRun}</span>
        <code className="peek-sql">{peek.sql.replace(/\s+/g, " ")}</code>
        <span className="peek-buttons">
          <button
            type="button"
            className="stage-button"
            onClick={() => void run(peek.session, [peek.sql])}
          >
            {words.run}
          </button>
          <button type="button" className="stage-button" onClick={dismiss}>
            {words.close}
          </button>
        </span>
      </header>
      <p role="status" className="peek-verdict">
        {verdict(picture, words)}
      </p>
      <RecordLocks locks={picture.recLocks} words={words} />
      <p className="peek-more">{others(picture, words)}</p>
    </section>
  );
}

function verdict(picture: PeekPicture, words: PeekWords): string {
  const { wait, blockers, victim, outcome } = picture;
  const said: string[] = [];
  if (wait !== null) said.push(words.waits(blockers, wait));
  if (victim !== null) said.push(words.deadlock(victim));
  if (outcome?.kind === "rows") said.push(words.rows(outcome.rows.length));
  if (outcome?.kind === "ok") said.push(words.affected(outcome.affected));
  if (outcome?.kind === "error") said.push(words.fails(outcome.errno, outcome.message));
  return said.join(" ");
}

/** By index and mode: "t.PRIMARY next-key X: 0, 5, 10". */
function RecordLocks(props: {
  readonly locks: readonly RecLockState[];
  readonly words: PeekWords;
}): ReactNode {
  const { locks, words } = props;
  if (locks.length === 0) return <p>{words.noRecordLocks}</p>;
  const groups = new Map<string, RecLockState[]>();
  for (const lock of locks) {
    const key = `${lock.tableName}.${lock.indexName} ${words.kinds[lockKind(lock)]} ${lock.mode}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [lock]);
    else group.push(lock);
  }
  return (
    <div className="peek-locks">
      {words.takes(locks.length)}
      <ul>
        {[...groups].map(([name, group]) => (
          <li key={name}>
            <strong>{name}</strong>{" "}
            {group
              .slice(0, NAMED_MAX)
              .map((lock) => lock.data.replace(" pseudo-record", ""))
              .join(", ")}
            {group.length > NAMED_MAX ? ` … +${group.length - NAMED_MAX}` : ""}
          </li>
        ))}
      </ul>
    </div>
  );
}

function others(picture: PeekPicture, words: PeekWords): string {
  const tables = picture.tableLocks.map((lock) => `${lock.tableName} ${lock.mode}`);
  const mdls = picture.mdls.map((mdl) => `${mdl.name ?? mdl.namespace} ${mdl.mode}`);
  return [
    tables.length === 0 ? "" : words.tableLocks([...new Set(tables)].join(", ")),
    mdls.length === 0 ? "" : words.metadataLocks([...new Set(mdls)].join(", ")),
    ...picture.plans.map((plan) => words.plan(plan.access, plan.key ?? plan.table)),
  ]
    .filter((part) => part !== "")
    .join(" ");
}
