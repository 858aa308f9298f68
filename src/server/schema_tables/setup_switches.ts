/**
 * What performance_schema is told to watch: its instruments and consumers. What came while one was switched off is not shown
 * later either; what was there before stays until it goes.
 *
 *     UPDATE setup_instruments SET ENABLED = 'NO'     metadata locks 1..7 are shown on
 *     ... 8, 9 ...                                    never shown
 *     ... SET ENABLED = 'YES'                         from 10 on shown
 *
 * MySQL: storage/perfschema/pfs_instr_class.cc, pfs_events.h.
 */
import type { Server } from "../server.ts";
import { CONSUMERS, INSTRUMENTS } from "./setup_names.ts";

/** YES and NO, as members of their ENUM. */
type Flag = 1 | 2;
const YES: Flag = 1;

export interface Switch {
  readonly name: string;
  enabled: Flag;
  /** Null: it is not timed at all. */
  timed: Flag | null;
  /** From behind which numbers to which it was off, the last time without an end. */
  readonly off: { readonly after: Marks; until: Marks | null }[];
}

/** The last ones so far. */
interface Marks {
  readonly statement: number;
  readonly mdl: number;
}

export interface SetupSwitches {
  readonly instruments: readonly Switch[];
  readonly consumers: readonly Switch[];
}

/** The server's own, made when somebody first asks. */
export function switchesOf(server: Server): SetupSwitches {
  server.setup ??= {
    instruments: INSTRUMENTS.map((name) => ({ name, enabled: YES, timed: YES, off: [] })),
    consumers: CONSUMERS.map(([name, enabled]) => ({ name, enabled, timed: null, off: [] })),
  };
  return server.setup;
}

/** Switches one on or off from now on. */
export function setEnabled(server: Server, one: Switch, to: Flag): void {
  if (one.enabled === to) return;
  one.enabled = to;
  const last = one.off.at(-1);
  if (to === YES && last !== undefined) last.until = marksOf(server);
  else one.off.push({ after: marksOf(server), until: null });
}

/** What the consumer of that name has gathered so far is not shown any more. */
export function forgetEvents(server: Server, consumer: string): void {
  const one = switchesOf(server).consumers.find(({ name }) => name === consumer);
  one?.off.unshift({ after: { statement: 0, mdl: 0 }, until: marksOf(server) });
}

function marksOf({ history, mdl }: Server): Marks {
  return {
    statement: history.count,
    mdl: [...mdl.tickets()].reduce((last, { id }) => Math.max(last, id), 0),
  };
}

/** Was all of it on when this came? `names`: of instruments and consumers. */
export function wasWatched(
  server: Server,
  names: readonly string[],
  mark: keyof Marks,
  number: number,
): boolean {
  if (server.setup === null) return true;
  const { instruments, consumers } = server.setup;
  return [...instruments, ...consumers].every(
    ({ name, off }) =>
      !names.includes(name) ||
      off.every(
        ({ after, until }) => number <= after[mark] || (until !== null && number > until[mark]),
      ),
  );
}
