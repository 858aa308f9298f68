/** The columns that statements name, by table: what a table that nobody pasted must at least have. */
import { append } from "../base/lists.ts";
import type { Expression } from "../sql/ast_expression.ts";
import { parseStatement } from "../sql/parser.ts";

/** What the statements say of a table whose definition is not known. */
export interface UsedNames {
  /** Every column, in the order in which they come up. */
  readonly all: readonly string[];
  /** The columns of an INSERT that lists them, in its order. */
  readonly inserted: readonly string[];
  /** How many values an INSERT without a list of columns has. */
  readonly width: number;
  /** Those that a WHERE compares, the ones that are called like the table's key first, without the ones of `others`. */
  readonly keys: (others: ReadonlySet<string>) => readonly string[];
  /** The column that an index is called after. */
  readonly columnFor: (index: string) => string | undefined;
  /** All that its name is made of: `uniq_a_b`. */
  readonly columnsFor: (index: string) => readonly string[];
  /** INT; VARCHAR, DECIMAL or DATETIME where it is compared with, set to or reckoned with such a value. */
  readonly typeOf: (column: string) => string;
  /** What it is compared with, set to or reckoned with; null: nothing of that kind. */
  readonly kindOf: (column: string) => "text" | "number" | null;
}

export interface Tree {
  readonly [field: string]: unknown;
}

/** A table as a statement names it; its columns may be written behind any of `names` (lower case). */
export interface NamedTable {
  readonly table: string;
  readonly names: readonly string[];
}

/** The tables of a statement that parses, the one that it changes first; no common tables. */
export function tablesNamed(sql: string): readonly NamedTable[] {
  const parsed = parseStatement(sql);
  if (!parsed.ok) return [];
  const found: NamedTable[] = [];
  const common = new Set<string>();
  const add = (name: unknown, other: unknown): void => {
    const table = textOf(isTree(name) ? name.name : null);
    const alias = textOf(isTree(other) && other.kind === "rowAlias" ? other.name : other);
    if (table !== null)
      found.push({ table, names: [table, ...(alias === null ? [] : [alias])].map(lower) });
  };
  walk(parsed.statement, (node) => {
    if (node.kind === "insert") add(node.table, node.rowAlias);
    if (node.kind === "table") add(node.name, node.alias);
    if (node.kind === "commonTable") common.add(lower(textOf(node.name) ?? ""));
  });
  return found.filter(({ table }) => !common.has(lower(table)));
}

/** From those of `statements` that parse and name `table`. */
export function usedNames(statements: readonly string[], table: string): UsedNames {
  const all: string[] = [];
  const inserted: string[] = [];
  const compared: string[] = [];
  const texts = new Set<string>();
  const numbers = new Set<string>();
  const decimals = new Set<string>();
  const times = new Set<string>();
  const note = (column: string, values: readonly Tree[]): void => {
    if (values.some(({ kind }) => kind === "string")) texts.add(column);
    if (values.some(({ kind }) => kind === "integer" || kind === "decimal")) numbers.add(column);
    if (values.some(({ kind }) => kind === "decimal")) decimals.add(column);
    if (values.some(({ kind, name }) => kind === "function" && name === "now")) times.add(column);
  };
  let width = 0;
  for (const sql of statements) {
    const parsed = parseStatement(sql);
    const own = tablesNamed(sql).filter((one) => lower(one.table) === lower(table));
    if (!parsed.ok || own.length === 0) continue;
    const aliases = own.flatMap(({ names }) => names);
    const columnOf = (node: Tree): string | null => columnBehind(node, aliases);
    const elsewhere = new Set<unknown>();
    walk(parsed.statement, (node) => {
      if (node.kind === "insert" && !isNamed(node.table, table))
        for (const one of Array.isArray(node.columns) ? node.columns : []) elsewhere.add(one);
      const column = elsewhere.has(node) ? null : columnOf(node);
      if (column !== null && !all.includes(column)) all.push(column);
      if (node.kind === "insertRow" && Array.isArray(node.values))
        width = Math.max(width, node.values.length);
      if (node.kind === "insert" && Array.isArray(node.columns) && isNamed(node.table, table)) {
        const named = node.columns.flatMap((one) => columnOf(one as Tree) ?? []);
        if (inserted.length === 0) append(inserted, named);
        walk(node.source, (row) => {
          if (row.kind !== "insertRow" || !Array.isArray(row.values)) return;
          for (const [at, value] of row.values.entries()) {
            const name = named[at];
            if (name !== undefined) note(name, [value as Tree]);
          }
        });
      }
      const parts = Object.values(node).filter((part) => isTree(part));
      const columns = parts.flatMap((part) => columnOf(part) ?? []);
      for (const one of columns) note(one, parts);
      if (["comparison", "inList", "between"].includes(String(node.kind)))
        append(compared, columns);
    });
  }
  const isOwnKey = (one: string): boolean => /^id$/i.test(one) || one === `${table}_id`;
  const rank = (one: string): number => (isOwnKey(one) ? 0 : /_id$|^(?:pk|key)/i.test(one) ? 1 : 2);
  return {
    all,
    inserted,
    width,
    keys: (others) =>
      [...new Set(compared)]
        .filter((one) => !others.has(one))
        .toSorted((one, other) => rank(one) - rank(other)),
    columnFor: (index) => columnCalled(index, all),
    columnsFor: (index) => {
      const named = columnsIn(shortName(index), all) ?? [columnCalled(index, all)];
      return named.filter((one) => one !== undefined);
    },
    typeOf: (column) =>
      times.has(column)
        ? "DATETIME"
        : texts.has(column)
          ? "VARCHAR(255)"
          : decimals.has(column)
            ? "DECIMAL(12,2)"
            : "INT",
    kindOf: (column) => (texts.has(column) ? "text" : numbers.has(column) ? "number" : null),
  };
}

/** Without what says that it is an index. */
function shortName(index: string): string {
  return index.replace(
    /^(?:idx|ix|key|uk|uq|fk|uniq|index|i|k)_|_(?:idx|ix|key|uk|uq|index|uniq)$/gi,
    "",
  );
}

function columnCalled(index: string, columns: readonly string[]): string | undefined {
  const short = shortName(index);
  return (
    columns.find((one) => [index, short].includes(one)) ??
    columns.find((one) => short.endsWith(`_${one}`) || short.startsWith(`${one}_`)) ??
    columns.find((one) => one.startsWith(`${short}_`)) ??
    columns.find((one) => /^(?:idx|index|ix|key|uniq|uk|uq|fk|u|i|k)$/i.test(without(index, one)))
  );
}

/** `idxa` without `a` behind it; the whole where it ends otherwise. */
function without(index: string, column: string): string {
  return lower(index).endsWith(lower(column)) ? index.slice(0, -column.length) : index;
}

/** The columns whose names, with `_` between them, are the text. */
function columnsIn(text: string, columns: readonly string[]): readonly string[] | null {
  for (const one of columns) {
    if (lower(one) === lower(text)) return [one];
    if (!lower(text).startsWith(`${lower(one)}_`)) continue;
    const rest = columnsIn(text.slice(one.length + 1), columns);
    if (rest !== null) return [one, ...rest];
  }
  return null;
}

/** A column's name, unless it is written behind the name of another table. */
function columnBehind(node: Tree, tables: readonly string[]): string | null {
  const behind = textOf(node.table);
  if (node.kind !== "column" || (behind !== null && !tables.includes(lower(behind)))) return null;
  return textOf(node.name);
}

function isNamed(name: unknown, table: string): boolean {
  return isTree(name) && lower(textOf(name.name) ?? "") === lower(table);
}

function textOf(identifier: unknown): string | null {
  return isTree(identifier) && typeof identifier.text === "string" ? identifier.text : null;
}

function lower(name: string): string {
  return name.toLowerCase();
}

function isTree(value: unknown): value is Tree {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What is ANDed in a condition. */
export function conjuncts(where: Expression | null): readonly Expression[] {
  if (where === null) return [];
  return where.kind === "logical" && where.operator === "and" ? where.operands : [where];
}

/** Every node of a syntax tree, parents first. */
export function walk(value: unknown, visit: (node: Tree) => void): void {
  if (Array.isArray(value)) for (const one of value) walk(one, visit);
  else if (isTree(value)) {
    visit(value);
    for (const part of Object.values(value)) walk(part, visit);
  }
}
