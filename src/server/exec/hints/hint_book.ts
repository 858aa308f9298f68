/**
 * A statement's optimizer hints, sorted to the query blocks and tables that they are about. A hint that cannot count, because
 * another one says otherwise or because there is no such block, is a warning.
 *
 * MySQL: PT_hint::contextualize (sql/parse_tree_hints.cc), Opt_hints::check_unresolved (sql/opt_hints.cc).
 * Departure: MRR and BKA decide nothing here; RESOURCE_GROUP knows no groups.
 */
import type { Statement } from "../../../sql/ast.ts";
import {
  type HintedTable,
  type HintList,
  KEY_LIST_HINTS,
  type KeyHint,
  type OptimizerHint,
} from "../../../sql/ast_hints.ts";
import type { Warning } from "../../context.ts";
import type { Executable } from "../executable.ts";
import { blockNumbers } from "../explain/block_numbers.ts";
import { BlockHints, type SwitchName, sameName, type TableHints } from "./block_hints.ts";
import { hintText, quotedName } from "./hint_text.ts";
import { hintWarning } from "./hint_warnings.ts";

/** A syntax node that a hint comment may stand in. */
export interface HintedNode {
  readonly hints: HintList | null;
}

export interface HintBook {
  /** The hints of a block; null where it has none. */
  readonly of: (node: HintedNode) => BlockHints | null;
  /** MAX_EXECUTION_TIME. */
  readonly limitMs: number | null;
  /** SET_VAR, in order. */
  readonly variables: readonly SetVariable[];
}

type SetVariable = Extract<OptimizerHint, { readonly kind: "setVariable" }>;

/** Null for a statement that has no plan. `refusal`: why a variable cannot be set for it. */
export function hintBook(
  statement: Statement,
  warn: (warning: Warning) => void,
  refusal: (hint: SetVariable, earlier: readonly SetVariable[]) => Warning | null,
): HintBook | null {
  const node = statement.kind === "explain" ? statement.statement : statement;
  const isPlanned =
    node.kind === "select" ||
    node.kind === "insert" ||
    node.kind === "update" ||
    node.kind === "delete";
  if (!isPlanned) return null;
  const writer = new BookWriter(node, warn, refusal);
  writer.complain(node);
  writer.visit(node);
  return writer;
}

class BookWriter implements HintBook {
  readonly #warn: (warning: Warning) => void;
  readonly #refusal: Parameters<typeof hintBook>[2];
  readonly #numbers: ReadonlyMap<object, number>;
  /** By hint comment, or by the node that has none. */
  readonly #blocks = new Map<object, BlockHints>();
  readonly #inOrder: BlockHints[] = [];
  readonly #isSelect: boolean;
  readonly #nodes = new Map<number, object>();
  limitMs: number | null = null;
  readonly variables: SetVariable[] = [];

  constructor(
    node: Executable,
    warn: (warning: Warning) => void,
    refusal: Parameters<typeof hintBook>[2],
  ) {
    this.#warn = warn;
    this.#refusal = refusal;
    this.#numbers = blockNumbers(node);
    this.#isSelect = node.kind === "select";
    for (const [block, number] of this.#numbers) {
      const isBlock = "kind" in block && block.kind === "querySpecification";
      if (isBlock) this.#nodes.set(number, block);
    }
  }

  of(node: HintedNode): BlockHints | null {
    return this.#blocks.get(node.hints ?? node) ?? null;
  }

  /** What could not be read is told as the comments stand in the text. */
  complain(node: unknown): void {
    if (typeof node !== "object" || node === null) return;
    if ("complaint" in node) {
      if (typeof node.complaint === "string") {
        this.#warn({ level: "Warning", errno: 1064, message: node.complaint });
      }
      return;
    }
    for (const part of Object.values(node)) this.complain(part);
  }

  /** A block's hints come after those of the blocks inside it. */
  visit(node: unknown): void {
    if (typeof node !== "object" || node === null) return;
    if (Array.isArray(node)) {
      for (const part of node) this.visit(part);
      return;
    }
    for (const [name, part] of Object.entries(node)) {
      if (name !== "hints" && name !== "span") this.visit(part);
    }
    if (!("hints" in node) || Array.isArray(node.hints)) return;
    const { hints } = node as HintedNode;
    if (hints === null) return;
    // The hints of INSERT are those of its query's first block.
    const isInsert = "kind" in node && node.kind === "insert";
    const number = isInsert ? 1 : (this.#numbers.get(node) ?? 1);
    const block = this.#blockOf(number, hints);
    for (const hint of hints.hints) this.#take(hint, block);
  }

  #blockOf(number: number, list: object | null): BlockHints {
    let block = this.#inOrder.find((one) => one.number === number);
    if (block === undefined) {
      block = new BlockHints(number);
      this.#inOrder.push(block);
      const node = this.#nodes.get(number);
      if (node !== undefined) this.#blocks.set((node as HintedNode).hints ?? node, block);
    }
    if (list !== null) this.#blocks.set(list, block);
    return block;
  }

  #take(hint: OptimizerHint, own: BlockHints): void {
    switch (hint.kind) {
      case "setVariable":
        this.#setVariable(hint);
        return;
      case "timeLimit":
        this.#limit(hint, own);
        return;
      case "blockName":
        if (
          own.name !== null ||
          this.#inOrder.some(({ name }) => name !== null && sameName(name, hint.name))
        )
          this.#conflict(hint);
        else own.name = hint.name;
        return;
      case "resourceGroup":
        this.#warn(hintWarning("noGroup", hint.name));
        return;
      case "keys": {
        const block = this.#find(hint.table.block, own, hint);
        if (block !== null) this.#takeKeys(hint, tableIn(block, hint.table.name));
        return;
      }
      case "tables":
        if (hint.tables.length === 0) {
          const block = this.#find(hint.block, own, hint);
          if (block === null) return;
          if (block.isOn.has(hint.name)) this.#conflict(hint);
          else block.isOn.set(hint.name, hint.isOn);
          return;
        }
        for (const table of hint.tables) {
          const block = this.#find(hint.block ?? table.block, own, hint);
          if (block === null) return;
          const { isOn } = tableIn(block, table.name);
          if (isOn.has(hint.name)) this.#conflict(hint, table);
          else isOn.set(hint.name, hint.isOn);
        }
        return;
      default: {
        const block = this.#find(hint.block, own, hint);
        if (block !== null && !takeForBlock(hint, block)) this.#conflict(hint);
      }
    }
  }

  #setVariable(hint: SetVariable): void {
    const refused = this.#refusal(hint, this.variables);
    if (refused === null) this.variables.push(hint);
    else this.#warn(refused);
  }

  #limit(hint: Extract<OptimizerHint, { readonly kind: "timeLimit" }>, own: BlockHints): void {
    if (!this.#isSelect || own.number !== 1) {
      this.#warn(hintWarning("timeLimit"));
    } else if (this.limitMs !== null) this.#conflict(hint);
    else this.limitMs = hint.ms;
  }

  #takeKeys(hint: KeyHint, table: TableHints): void {
    const { name, isOn } = hint;
    const isList = LISTS.has(name);
    const others = CONFLICTS.get(name) ?? [];
    if (hint.keys.length === 0) {
      if (table.isOn.has(name) || others.some((other) => table.isOn.has(other))) {
        this.#conflict(hint, hint.table);
        return;
      }
      table.isOn.set(name, isOn);
      if (isList) table.lists.set(name, []);
      return;
    }
    if (name === "INDEX_MERGE" && hint.keys.length === 1 && isOn) {
      this.#warn(hintWarning("invalid", hintText(hint, hint.table)));
      return;
    }
    const named = hint.keys.map((key) => {
      const known = table.keys.find((one) => sameName(one.name, key));
      if (known !== undefined) return known;
      const added = { name: key, isOn: new Map<SwitchName, boolean>() };
      table.keys.push(added);
      return added;
    });
    const isTaken = (key: TableHints["keys"][number]): boolean =>
      table.isOn.has(name) || key.isOn.has(name);
    if (!isList) {
      for (const key of named) {
        if (isTaken(key)) this.#conflict(hint, hint.table, key.name);
        else key.isOn.set(name, isOn);
      }
      return;
    }
    const conflicts = (key: TableHints["keys"][number]): boolean =>
      isTaken(key) || others.some((other) => key.isOn.has(other));
    if (named.some(conflicts)) {
      this.#conflict(hint, hint.table);
      return;
    }
    for (const key of named) key.isOn.set(name, isOn);
    table.isOn.set(name, isOn);
    table.lists.set(name, hint.keys);
  }

  /** By the name that it was given, or by its number. */
  #find(name: string | null, own: BlockHints, hint: OptimizerHint): BlockHints | null {
    if (name === null) return own;
    const known = this.#inOrder.find((block) => block.isNamed(name));
    if (known !== undefined) return known;
    const number = /^select#([0-9a-f]+)$/i.exec(name)?.[1];
    const numbered = number === undefined ? -1 : Number.parseInt(number, 16);
    if ([...this.#numbers.values()].includes(numbered)) return this.#blockOf(numbered, null);
    const [text = ""] = hintText(hint).split("(");
    this.#warn(hintWarning("unknownBlock", quotedName(name), text));
    return null;
  }

  #conflict(
    hint: OptimizerHint,
    table: HintedTable | null = null,
    key: string | null = null,
  ): void {
    this.#warn(hintWarning("conflict", hintText(hint, table, key)));
  }
}

function tableIn(block: BlockHints, name: string): TableHints {
  const known = block.tableOf(name);
  if (known !== null) return known;
  const table: TableHints = {
    name,
    isOn: new Map(),
    keys: [],
    lists: new Map(),
  };
  block.tables.push(table);
  return table;
}

type ForBlock = Extract<
  OptimizerHint,
  { readonly kind: "order" | "fixedOrder" | "semijoin" | "subquery" }
>;

/** False where it cannot count. */
function takeForBlock(hint: ForBlock, block: BlockHints): boolean {
  switch (hint.kind) {
    case "semijoin":
      if (block.subquery !== null || block.semijoin !== null) return false;
      block.semijoin = hint;
      return true;
    case "subquery":
      if (block.semijoin !== null || block.subquery !== null) return false;
      block.subquery = hint;
      return true;
    case "fixedOrder":
      if (block.orders.length > 0 || block.isFixed) return false;
      block.isFixed = true;
      return true;
    case "order":
      if (block.isFixed) return false;
      if (hint.name !== "JOIN_ORDER" && block.orders.some(({ name }) => name === hint.name))
        return false;
      block.orders.push(hint);
      return true;
  }
}

const LISTS: ReadonlySet<SwitchName> = new Set(KEY_LIST_HINTS);

const OF_A_KIND = ["JOIN_INDEX", "GROUP_INDEX", "ORDER_INDEX"] as const;

const CONFLICTS: ReadonlyMap<SwitchName, readonly SwitchName[]> = new Map<
  SwitchName,
  readonly SwitchName[]
>([["INDEX", OF_A_KIND], ...OF_A_KIND.map((name) => [name, ["INDEX"]] as const)]);
