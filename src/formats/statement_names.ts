/** The columns that statements name, by table: what a table that nobody pasted must at least have. */
import { append } from "../base/lists.ts";
import { parseStatement } from "../sql/parser.ts";

/** What the statements say of a table whose definition is not known. */
export interface UsedNames {
  /** Every column, in the order in which they come up. */
  readonly all: readonly string[];
  /** The columns of an INSERT that lists them, in its order. */
  readonly inserted: readonly string[];
  /** How many values an INSERT without a list of columns has. */
  readonly width: number;
  /** Those that a WHERE compares, the ones that are called like a key first, without the ones of `others`. */
  readonly keys: (others: ReadonlySet<string>) => readonly string[];
  /** The column that an index is called after. */
  readonly columnFor: (index: string) => string | undefined;
  /** INT, or VARCHAR where it is compared with a text or set to one. */
  readonly typeOf: (column: string) => string;
}

interface Tree {
  readonly [field: string]: unknown;
}

/** From those of `statements` that parse and name `table`. */
export function usedNames(statements: readonly string[], table: string): UsedNames {
  const all: string[] = [];
  const inserted: string[] = [];
  const compared: string[] = [];
  const texts = new Set<string>();
  let width = 0;
  for (const sql of statements) {
    const parsed = parseStatement(sql);
    if (
      !parsed.ok ||
      !new RegExp(`(?:^|\\W)${table.replace(/\W/g, "\\$&")}(?:\\W|$)`, "i").test(sql)
    )
      continue;
    walk(parsed.statement, (node) => {
      const column = columnOf(node);
      if (column !== null && !all.includes(column)) all.push(column);
      if (node.kind === "insertRow" && Array.isArray(node.values))
        width = Math.max(width, node.values.length);
      if (node.kind === "insert" && Array.isArray(node.columns)) {
        const named = node.columns.flatMap((one) => columnOf(one as Tree) ?? []);
        if (inserted.length === 0) append(inserted, named);
        walk(node.source, (row) => {
          if (row.kind !== "insertRow" || !Array.isArray(row.values)) return;
          for (const [at, value] of row.values.entries()) {
            const name = named[at];
            if ((value as Tree).kind === "string" && name !== undefined) texts.add(name);
          }
        });
      }
      const parts = Object.values(node).filter((part) => isTree(part));
      const columns = parts.flatMap((part) => columnOf(part) ?? []);
      if (parts.some((part) => part.kind === "string")) for (const one of columns) texts.add(one);
      if (["comparison", "inList", "between"].includes(String(node.kind)))
        append(compared, columns);
    });
  }
  const isKey = (one: string): boolean =>
    /^id$|_id$|^(?:pk|key)/i.test(one) || one === `${table}_id`;
  return {
    all,
    inserted,
    width,
    keys: (others) =>
      [...new Set(compared)]
        .filter((one) => !others.has(one))
        .toSorted((one, other) => Number(isKey(other)) - Number(isKey(one))),
    columnFor: (index) => {
      const short = index.replace(
        /^(?:idx|ix|key|uk|uq|fk|uniq|index|i|k)_|_(?:idx|ix|key|uk|uq|index|uniq)$/gi,
        "",
      );
      return (
        all.find((one) => [index, short].includes(one)) ??
        all.find((one) => short.endsWith(`_${one}`) || short.startsWith(`${one}_`))
      );
    },
    typeOf: (column) => (texts.has(column) ? "VARCHAR(255)" : "INT"),
  };
}

function columnOf(node: Tree): string | null {
  const name = node.name;
  return node.kind === "column" && isTree(name) ? String(name.text) : null;
}

function isTree(value: unknown): value is Tree {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Every node of a syntax tree, parents first. */
export function walk(value: unknown, visit: (node: Tree) => void): void {
  if (Array.isArray(value)) for (const one of value) walk(one, visit);
  else if (isTree(value)) {
    visit(value);
    for (const part of Object.values(value)) walk(part, visit);
  }
}
