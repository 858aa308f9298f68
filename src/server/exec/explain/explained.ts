/**
 * What EXPLAIN gathers of a statement: the rows of its traditional form, and the query blocks inside that are told after the
 * block they stand in, the last first.
 *
 * MySQL: Explain_format_traditional, Explain::explain_subqueries (sql/opt_explain.cc).
 */
import type { Query } from "../../../sql/ast_query.ts";
import type { Exec } from "../../context.ts";
import type { Scope } from "../../expr/scope.ts";
import type { JoinPlan, JoinTable } from "../join/join_types.ts";
import type { OpenQuery } from "../query_types.ts";
import type { BlockNumbers } from "./block_numbers.ts";
import { node, type TreeNode } from "./tree.ts";
import type { MadeTree } from "./tree_join.ts";
import { nameText } from "./tree_names.ts";

/** A line of EXPLAIN; null is shown as NULL. */
export interface ExplainRow {
  readonly id: number;
  readonly selectType: string;
  readonly table: string | null;
  readonly type: string | null;
  readonly possibleKeys: string | null;
  readonly key: string | null;
  readonly keyLen: string | null;
  readonly ref: string | null;
  readonly rows: number | null;
  /** Per cent. */
  readonly filtered: number | null;
  readonly extra: string;
}

interface Unit {
  readonly query: Query;
  readonly opened: Pick<OpenQuery, "explain" | "explainTree" | "outerTables">;
  readonly isDerived: boolean;
  /** A common table's name. */
  readonly common?: string;
}

/** Stands for the number of a recursive table's block where the table names itself. */
export const RECURSIVE = 0;

/** IN with a subquery: the subquery as it is run for each value, and whether it is. */
interface Tested {
  readonly opened: OpenQuery;
  readonly isChosen: () => Exec<boolean>;
}

export class Explained {
  readonly rows: ExplainRow[] = [];
  readonly #numbers: BlockNumbers;
  readonly #units = new Map<Scope, Unit[]>();
  readonly #known = new Set<Query>();
  readonly #tested = new Map<Query, Tested>();

  constructor(numbers: BlockNumbers) {
    this.#numbers = numbers;
  }

  numberOf(node: object): number {
    return this.#numbers.get(node) ?? 1;
  }

  /** Is there more than one block? */
  get hasUnits(): boolean {
    return this.#known.size > 0;
  }

  /** A query that stands in a block; one that is opened again is the same. One without tables is a value. */
  add(scope: Scope, unit: Unit): void {
    if (this.#known.has(unit.query) || (!unit.isDerived && isValue(unit.query))) return;
    this.#known.add(unit.query);
    const owner = ownerOf(scope);
    this.#units.set(owner, [...(this.#units.get(owner) ?? []), unit]);
  }

  addTested(query: Query, tested: Tested): void {
    this.#tested.set(query, tested);
  }

  /** The queries inside a block. */
  *explainUnits(scope: Scope): Exec<void> {
    const units = this.#units.get(scope) ?? [];
    this.#units.delete(scope);
    for (const { query, opened, isDerived } of [...units].reverse()) {
      const tested = this.#tested.get(query);
      if (tested !== undefined && (yield* tested.isChosen())) {
        const first = this.rows.length;
        yield* tested.opened.explain("DEPENDENT SUBQUERY");
        const row = this.rows[first];
        const { planned } = tested.opened;
        const plan = planned === undefined ? null : yield* planned.call(tested.opened);
        if (row !== undefined && plan?.isLookup === true)
          this.rows[first] = { ...row, type: lookupName(row.type) };
      } else {
        const isDependent = opened.outerTables !== 0;
        yield* opened.explain(
          `${isDependent ? "DEPENDENT " : ""}${isDerived ? "DERIVED" : "SUBQUERY"}`,
        );
      }
    }
  }

  /** The trees of the subqueries in a block's select list; null where one has none. */
  *treesOf(scope: Scope): Exec<readonly TreeNode[] | null> {
    const trees: TreeNode[] = [];
    for (const { query, opened, isDerived } of this.#units.get(scope) ?? []) {
      if (isDerived) continue;
      const tree = this.#tested.has(query) ? null : yield* treeIn(opened);
      if (tree === null) return null;
      const how = opened.outerTables === 0 ? "run only once" : "dependent";
      const text = `Select #${this.numberOf(query)} (subquery in projection; ${how})`;
      trees.push(node(text, null, [tree]));
    }
    return trees;
  }

  /** How each derived table of a plan is filled; null where one has no tree, or is looked up by a key. */
  *madeIn(scope: Scope, { steps }: JoinPlan): Exec<ReadonlyMap<JoinTable, MadeTree> | null> {
    const made = new Map<JoinTable, MadeTree>();
    for (const { table, chosen } of steps) {
      const { source } = table;
      if (source.kind !== "rows") continue;
      const units = this.#units.get(scope) ?? [];
      const unit = units.find(({ query }) => this.numberOf(query) === source.block);
      const isScan = chosen.path.kind === "all" && unit?.query.body.kind === "querySpecification";
      const tree = unit === undefined || !isScan ? null : yield* treeIn(unit.opened);
      if (tree === null) return null;
      const name = unit?.common === undefined ? "" : ` CTE ${nameText(unit.common)}`;
      made.set(table, { filling: `Materialize${name}`, tree });
    }
    return made;
  }

  /** Those that no block has told. */
  *explainRest(): Exec<void> {
    for (const scope of [...this.#units.keys()]) yield* this.explainUnits(scope);
  }
}

function* treeIn(opened: Unit["opened"]): Exec<TreeNode | null> {
  return opened.explainTree === undefined ? null : yield* opened.explainTree();
}

/** (SELECT 1) is a value. */
function isValue({ body, with: common }: Query): boolean {
  return (
    common === null &&
    body.kind === "querySpecification" &&
    body.from.length === 0 &&
    body.where === null &&
    body.having === null
  );
}

/** A lookup for the value of IN. */
function lookupName(type: string | null): string | null {
  if (type === "eq_ref") return "unique_subquery";
  return type === "ref" || type === "ref_or_null" ? "index_subquery" : type;
}

/** A semi-join's scope belongs to the block that it is joined to. */
function ownerOf(scope: Scope): Scope {
  return scope.isJoinedToParent && scope.parent !== null ? ownerOf(scope.parent) : scope;
}

/** A row that says why no table is read. */
export function messageRow(id: number, selectType: string, extra: string): ExplainRow {
  return {
    id,
    selectType,
    table: null,
    type: null,
    possibleKeys: null,
    key: null,
    keyLen: null,
    ref: null,
    rows: null,
    filtered: null,
    extra,
  };
}
