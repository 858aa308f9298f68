/**
 * The optimizer hints that count for one query block, and for each of its tables.
 *
 * MySQL: Opt_hints_qb, Opt_hints_table, Opt_hints_key (sql/opt_hints.h).
 */
import type {
  KeyHintName,
  OrderHint,
  SemijoinHint,
  SubqueryHint,
  TableHintName,
} from "../../../sql/ast_hints.ts";
import type { SwitchedOff, SwitchFlag } from "../../optimizer/switches.ts";

export type SwitchName = KeyHintName | TableHintName;

export interface KeyHints {
  readonly name: string;
  readonly isOn: Map<SwitchName, boolean>;
}

export interface TableHints {
  readonly name: string;
  /** Hints on the table as a whole, and those that list some of its keys. */
  readonly isOn: Map<SwitchName, boolean>;
  readonly keys: KeyHints[];
  /** Which keys a hint lists; those that the table does not have among them. */
  readonly lists: Map<SwitchName, readonly string[]>;
}

export class BlockHints {
  /** As EXPLAIN counts it. */
  readonly number: number;
  /** Of QB_NAME. */
  name: string | null = null;
  semijoin: SemijoinHint | null = null;
  subquery: SubqueryHint | null = null;
  readonly orders: OrderHint[] = [];
  isFixed = false;
  /** Names that are not there have been told of. */
  isChecked = false;
  readonly isOn = new Map<SwitchName, boolean>();
  readonly tables: TableHints[] = [];

  constructor(number: number) {
    this.number = number;
  }

  tableOf(alias: string): TableHints | null {
    return this.tables.find(({ name }) => name === alias) ?? null;
  }

  /** Whether the block's name, its own or that of its number, is this one. */
  isNamed(name: string): boolean {
    return sameName(this.printName, name) || sameName(`select#${this.number.toString(16)}`, name);
  }

  get printName(): string {
    return this.name ?? `select#${this.number.toString(16)}`;
  }

  /** What a hint on the table, or on the whole block, says; the session's switch where there is none. */
  allows(name: TableHintName, alias: string, fallback: boolean): boolean {
    return this.tableOf(alias)?.isOn.get(name) ?? this.isOn.get(name) ?? fallback;
  }

  /** MySQL: Opt_hints_qb::semijoin_enabled. */
  mayJoin(fallback: boolean): boolean {
    if (this.subquery !== null) return false;
    if (this.semijoin === null) return fallback;
    if (this.semijoin.isOn) return true;
    return this.semijoin.strategies.length === 0 ? false : fallback;
  }

  /** The switches for the strategies of this block as a semi-join. MySQL: Opt_hints_qb::sj_enabled_strategies. */
  strategies(off: SwitchedOff): SwitchedOff {
    const { semijoin } = this;
    if (semijoin === null || semijoin.strategies.length === 0) return off;
    const named = new Set(semijoin.strategies.map((name) => FLAGS[name]));
    const result = new Set(off);
    for (const flag of Object.values(FLAGS)) {
      if (!semijoin.isOn) {
        if (named.has(flag)) result.add(flag);
      } else if (named.has(flag)) result.delete(flag);
      else result.add(flag);
    }
    return result;
  }
}

const FLAGS = {
  FIRSTMATCH: "firstmatch",
  LOOSESCAN: "loosescan",
  MATERIALIZATION: "materialization",
  DUPSWEEDOUT: "duplicateweedout",
} as const satisfies Readonly<Record<string, SwitchFlag>>;

/** Names of blocks and keys are the same in any case; of tables they are not. */
export function sameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
