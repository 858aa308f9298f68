/**
 * Which metadata locks go together: the four matrices of MySQL's manual and sources, written as they are printed there.
 *
 * "Scoped" are GLOBAL, COMMIT, BACKUP LOCK and SCHEMA; everything else is an object. A row is the request, a column what is
 * there already, `+` lets the request pass, `-` makes it wait.
 *
 * MySQL: sql/mdl.cc, MDL_lock::m_scoped_lock_strategy and m_object_lock_strategy.
 * Departure: max_write_lock_count never takes effect (its default is 2^32 in a row), so only the default priority matrix exists.
 */
import type { MdlMode, MdlNamespace } from "./state.ts";

const SCOPED_GRANTED = `
        |  IX   S   X
   IX   |  +    -   -
   S    |  -    +   -
   X    |  -    -   -
`;

const SCOPED_WAITING = `
        |  IX   S   X
   IX   |  +    -   -
   S    |  +    +   -
   X    |  +    +   +
`;

const OBJECT_GRANTED = `
        | S  SH  SR  SW  SWLP  SU  SRO  SNW  SNRW  X
   S    | +   +   +   +    +    +   +    +    +    -
   SH   | +   +   +   +    +    +   +    +    +    -
   SR   | +   +   +   +    +    +   +    +    -    -
   SW   | +   +   +   +    +    +   -    -    -    -
   SWLP | +   +   +   +    +    +   -    -    -    -
   SU   | +   +   +   +    +    -   +    -    -    -
   SRO  | +   +   +   -    -    +   +    +    -    -
   SNW  | +   +   +   -    -    -   +    -    -    -
   SNRW | +   +   -   -    -    -   -    -    -    -
   X    | -   -   -   -    -    -   -    -    -    -
`;

const OBJECT_WAITING = `
        | S  SH  SR  SW  SWLP  SU  SRO  SNW  SNRW  X
   S    | +   +   +   +    +    +   +    +    +    -
   SH   | +   +   +   +    +    +   +    +    +    +
   SR   | +   +   +   +    +    +   +    +    -    -
   SW   | +   +   +   +    +    +   +    -    -    -
   SWLP | +   +   +   +    +    +   -    -    -    -
   SU   | +   +   +   +    +    +   +    +    +    -
   SRO  | +   +   +   -    +    +   +    +    -    -
   SNW  | +   +   +   +    +    +   +    +    +    -
   SNRW | +   +   +   +    +    +   +    +    +    -
   X    | +   +   +   +    +    +   +    +    +    +
`;

const SHORT: Readonly<Record<string, MdlMode>> = {
  IX: "INTENTION_EXCLUSIVE",
  S: "SHARED",
  SH: "SHARED_HIGH_PRIO",
  SR: "SHARED_READ",
  SW: "SHARED_WRITE",
  SWLP: "SHARED_WRITE_LOW_PRIO",
  SU: "SHARED_UPGRADABLE",
  SRO: "SHARED_READ_ONLY",
  SNW: "SHARED_NO_WRITE",
  SNRW: "SHARED_NO_READ_WRITE",
  X: "EXCLUSIVE",
};

/** Request, then the modes that stand in its way. */
type Matrix = ReadonlyMap<MdlMode, ReadonlySet<MdlMode>>;

const GRANTED = { scoped: parse(SCOPED_GRANTED), object: parse(OBJECT_GRANTED) };
const WAITING = { scoped: parse(SCOPED_WAITING), object: parse(OBJECT_WAITING) };

/** True when a lock of mode `held` that is granted to somebody else makes a request for `asked` wait. */
export function grantedIsInTheWay(namespace: MdlNamespace, asked: MdlMode, held: MdlMode): boolean {
  return incompatible(GRANTED[kindOf(namespace)], asked).has(held);
}

/** True when somebody else's pending request for `pending` has to be served before a request for `asked`. */
export function pendingIsInTheWay(
  namespace: MdlNamespace,
  asked: MdlMode,
  pending: MdlMode,
): boolean {
  return incompatible(WAITING[kindOf(namespace)], asked).has(pending);
}

/** The modes of the namespace's matrices, weakest first, and their short names. */
export function mdlModes(namespace: MdlNamespace): readonly (readonly [short: string, MdlMode])[] {
  const modes = GRANTED[kindOf(namespace)];
  return Object.entries(SHORT).filter(([, mode]) => modes.has(mode));
}

/** MySQL: MDL_ticket::has_stronger_or_equal_type: whoever holds `held` need not ask for `asked`. */
export function isStrongerOrEqual(namespace: MdlNamespace, held: MdlMode, asked: MdlMode): boolean {
  if (held === asked) return true;
  const matrix = GRANTED[kindOf(namespace)];
  const keptAwayByHeld = incompatible(matrix, held);
  return [...incompatible(matrix, asked)].every((mode) => keptAwayByHeld.has(mode));
}

function kindOf(namespace: MdlNamespace): keyof typeof GRANTED {
  switch (namespace) {
    case "GLOBAL":
    case "COMMIT":
    case "BACKUP LOCK":
    case "SCHEMA":
      return "scoped";
    case "TABLE":
    case "FUNCTION":
    case "PROCEDURE":
    case "TRIGGER":
    case "USER LEVEL LOCK":
    case "FOREIGN KEY":
    case "CHECK CONSTRAINT":
      return "object";
  }
}

function incompatible(matrix: Matrix, asked: MdlMode): ReadonlySet<MdlMode> {
  const row = matrix.get(asked);
  if (row === undefined) throw new Error(`metadata lock mode ${asked} has no row in its matrix`);
  return row;
}

function parse(table: string): Matrix {
  const [head = "", ...rows] = table.trim().split("\n");
  const columns = cells(head.split("|")[1] ?? "").map(modeOf);
  return new Map(
    rows.map((row) => {
      const [name = "", marks = ""] = row.split("|");
      const blocked = cells(marks).flatMap((mark, at) => {
        const mode = columns[at];
        return mark === "-" && mode !== undefined ? [mode] : [];
      });
      return [modeOf(name.trim()), new Set(blocked)];
    }),
  );
}

function cells(text: string): string[] {
  return text.trim().split(/\s+/);
}

function modeOf(short: string): MdlMode {
  const mode = SHORT[short];
  if (mode === undefined) throw new Error(`unknown metadata lock mode ${short}`);
  return mode;
}
