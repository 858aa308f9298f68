/**
 * The tables that a deadlock log speaks of: as the person pasted them along, or guessed from the fields of the records and
 * from the names in the statements. A guess is written as a CREATE TABLE and read like a pasted one.
 *
 *     clustered index   key columns, DB_TRX_ID (6 bytes), DB_ROLL_PTR (7 bytes), the other columns
 *     secondary index   its columns, then those of the primary key that it has not got
 */
import type { CreateTable } from "../sql/ast_table.ts";
import type { DataType } from "../sql/ast_type.ts";
import { parseStatement } from "../sql/parser.ts";
import type { LogField, LogLock } from "./deadlock_log.ts";
import type { NameAt } from "./deadlock_names.ts";
import { guessedType } from "./record_fields.ts";
import type { UsedNames } from "./statement_names.ts";

/** A table of the deadlock: from SHOW CREATE TABLE, or guessed from locks and statements. */
export interface TableShape {
  readonly name: string;
  readonly sql: string;
  readonly isGuessed: boolean;
  readonly columns: readonly ColumnShape[];
  readonly indexes: readonly IndexShape[];
  /** Those of one column. */
  readonly foreignKeys: readonly ForeignKey[];
}

/** A column, as far as rows are made for it. */
export interface ColumnShape {
  readonly name: string;
  readonly type: DataType;
  readonly typeText: string;
  readonly isNullable: boolean;
  readonly hasDefault: boolean;
  readonly isGenerated: boolean;
  readonly isStored: boolean;
}

/** A foreign key of one column. */
export interface ForeignKey {
  readonly child: string;
  readonly column: string;
  readonly parent: string;
  readonly key: string;
  /** What else happens to the children; null: they are looked for only. */
  readonly cascade: "DELETE" | "UPDATE" | null;
}

/** An index, as far as records name it. */
export interface IndexShape {
  readonly name: string;
  /** Positions of columns; of a clustered index without a key none. */
  readonly columns: readonly number[];
  readonly isUnique: boolean;
  readonly isClustered: boolean;
  /** Whether a column is kept by its first characters only. */
  readonly hasPrefix: boolean;
}

export const ROW_ID_INDEX = "GEN_CLUST_INDEX";

/** The CREATE TABLE statements of a text in which other things may stand too, as SHOW CREATE TABLE prints them in any form. */
export function tablesIn(text: string): readonly TableShape[] {
  const shapes: TableShape[] = [];
  for (const found of text.matchAll(/\bCREATE\s+TABLE\b/gi)) {
    const end = endOfElements(text, text.indexOf("(", found.index));
    if (end === null) continue;
    const options = /^[^;\n|]*/.exec(text.slice(end))?.[0] ?? "";
    const elements = text.slice(found.index, end);
    const shape = shapeOf(`${elements}${options}`.trim(), false) ?? shapeOf(elements, false);
    if (shape !== null) shapes.push(shape);
  }
  return shapes;
}

/** A table that has the indexes and columns of the locks and statements; null where they do not fit together. */
export function guessedTable(
  name: string,
  locks: readonly LogLock[],
  used: UsedNames & { readonly isUnique: (index: string) => boolean; readonly named: NameAt },
): TableShape | null {
  const records = (index: string): readonly (readonly (LogField | null)[])[] =>
    locks
      .filter((lock) => lock.index === index)
      .flatMap((lock) => lock.records.filter((one) => !one.isSupremum).map((one) => one.fields));
  const names = [...new Set(locks.flatMap((lock) => lock.index ?? []))];
  const clustered = names.includes(ROW_ID_INDEX) ? ROW_ID_INDEX : "PRIMARY";
  const whole = records(clustered);
  const keys = clustered === ROW_ID_INDEX ? 0 : keyColumns(whole[0]);
  const rest = (whole[0]?.length ?? 0) - (clustered === ROW_ID_INDEX ? 3 : keys + 2);
  const columns: { name: string; type: string }[] = [];
  const add = (
    wanted: string | undefined,
    fallback: string,
    samples: readonly LogField[],
  ): string => {
    const taken = (one: string): boolean => columns.some((column) => column.name === one);
    const free = wanted === undefined || taken(wanted) ? fallback : wanted;
    columns.push({
      name: free,
      type: samples.length === 0 ? used.typeOf(free) : guessedType(samples),
    });
    return free;
  };
  const samplesAt = (rows: readonly (readonly (LogField | null)[])[], at: number): LogField[] =>
    rows.flatMap((fields) => fields[at] ?? []);
  const secondary = names.filter((one) => one !== clustered);
  const fits = (one: string, samples: readonly LogField[]): boolean =>
    fitness(used, one, samples) > 0;
  const partsOf = (index: string): readonly string[] => {
    const rows = records(index);
    if (rows.length === 0 && used.columnsFor(index).length > 1) return used.columnsFor(index);
    const parts: string[] = [];
    const words = index.toLowerCase().split("_");
    for (let at = 0; at < Math.max(1, (rows[0]?.length ?? keys + 1) - keys); at++) {
      const samples = samplesAt(rows, at);
      const isFree = (one: string | undefined): boolean =>
        one !== undefined && !parts.includes(one) && fits(one, samples);
      const isMeant = (one: string): boolean =>
        isFree(one) &&
        one
          .toLowerCase()
          .split("_")
          .some((word) => words.includes(word));
      const called = at === 0 ? used.columnFor(index) : undefined;
      const wanted = [used.named(index, at), called].find(isFree) ?? used.all.find(isMeant);
      parts.push(wanted ?? (at === 0 ? index : `${index}_${at + 1}`));
    }
    return parts;
  };
  const parts = new Map(secondary.map((one) => [one, partsOf(one)] as const));
  const indexed = new Set([...parts.values()].flat().filter((one) => used.all.includes(one)));
  const primary: string[] = [];
  const isKnown = whole.length > 0;
  // A list of columns that has an indexed one in the key's place leaves the key to AUTO_INCREMENT.
  const isNumbered = keys === 1 && used.inserted.length > 0 && indexed.has(used.inserted[0] ?? "");
  for (let at = 0; at < keys; at++) {
    const samples = isKnown
      ? samplesAt(whole, at)
      : secondary.flatMap((one) => lastFields(records(one)));
    const fallback = at === 0 ? "id" : `id${at + 1}`;
    const wanted = [
      keys > 1 ? used.named(clustered, at) : undefined,
      isNumbered ? undefined : used.inserted[at],
      ...used.keys(indexed).slice(at),
    ].find((one) => one !== undefined && !primary.includes(one) && fits(one, samples));
    primary.push(add(wanted, fallback, samples));
  }
  const indexTexts = secondary.map((one) => {
    const rows = records(one);
    const named = (parts.get(one) ?? []).map((wanted, at) => {
      const there = columns.find((column) => column.name === wanted);
      return there === undefined ? add(wanted, wanted, samplesAt(rows, at)) : there.name;
    });
    const kind = used.isUnique(one) ? "UNIQUE KEY" : "KEY";
    return `${kind} ${quote(one)} (${named.map(quote).join(", ")})`;
  });
  const left = used.all.filter((one) => !columns.some((column) => column.name === one));
  const order = used.inserted.filter((one) => left.includes(one));
  const others = [...order, ...left.filter((one) => !order.includes(one))];
  const known = columns.length - primary.length;
  const first = keys + (clustered === ROW_ID_INDEX ? 3 : 2);
  const more = Math.max(others.length, rest - known, used.width - columns.length);
  const samples = Array.from({ length: more }, (_, at) =>
    known === 0 ? samplesAt(whole, first + at) : [],
  );
  for (const [at, wanted] of placed(others, samples, used).entries()) {
    add(wanted, `c${at + 1}`, samples[at] ?? []);
  }
  if (columns.length === 0) add(undefined, "c1", []);
  const texts = [
    ...columns.map((one) => {
      const isKey = primary.includes(one.name);
      const isCounted = isNumbered && isKey && /INT/.test(one.type);
      const more = `${isKey ? " NOT NULL" : ""}${isCounted ? " AUTO_INCREMENT" : ""}`;
      return `${quote(one.name)} ${one.type}${more}`;
    }),
    ...(primary.length === 0 ? [] : [`PRIMARY KEY (${primary.map(quote).join(", ")})`]),
    ...indexTexts,
  ];
  return shapeOf(`CREATE TABLE ${quote(name)} (\n  ${texts.join(",\n  ")}\n)`, true);
}

/**
 * Child and parent with the foreign key and one type on both sides, the parent's if `isParentSeen`; null where the child is no
 * guess: then it has the keys that it has.
 */
export function withForeignKey(
  child: TableShape,
  parent: TableShape,
  { column, key, cascade }: ForeignKey,
  isParentSeen: boolean,
): readonly [child: TableShape, parent: TableShape] | null {
  const from = child.columns.find(({ name }) => name === column);
  const to = parent.columns.find(({ name }) => name.toLowerCase() === key.toLowerCase());
  if (!child.isGuessed || from === undefined || to === undefined) return null;
  const action = cascade === null ? "" : ` ON ${cascade} CASCADE`;
  const clause = `FOREIGN KEY (${quote(column)}) REFERENCES ${quote(parent.name)} (${quote(to.name)})${action}`;
  if (child.sql.includes(clause)) return null;
  const typed = isParentSeen ? retyped(child, from, to.typeText) : child.sql;
  const made = shapeOf(typed.replace(/\n\)$/, `,\n  ${clause}\n)`), true);
  const other =
    isParentSeen || !parent.isGuessed ? parent : shapeOf(retyped(parent, to, from.typeText), true);
  return made === null || other === null ? null : [made, other];
}

/** A table that was not pasted, of which a foreign key of `child` names one column. */
export function guessedParent(
  child: TableShape,
  { column, parent, key }: ForeignKey,
): TableShape | null {
  const from = child.columns.find(({ name }) => name.toLowerCase() === column.toLowerCase());
  if (from === undefined) return null;
  const made = `${quote(key)} ${from.typeText} NOT NULL,\n  PRIMARY KEY (${quote(key)})`;
  return shapeOf(`CREATE TABLE ${quote(parent)} (\n  ${made}\n)`, true);
}

/** The CREATE TABLE of a guessed table with another type for one column. */
function retyped({ sql }: TableShape, { type: { span } }: ColumnShape, typeText: string): string {
  return sql.slice(0, span.start) + typeText + sql.slice(span.end);
}

/** The names in their order among the fields, each where the field is most like what a statement does with it. */
function placed(
  names: readonly string[],
  fields: readonly (readonly LogField[])[],
  used: UsedNames,
): readonly (string | undefined)[] {
  const places: (string | undefined)[] = fields.map(() => undefined);
  const put = (name: string, least: number): void => {
    const open = [...places.keys()].filter((at) => places[at] === undefined);
    const scores = open.map((at) => fitness(used, name, fields[at] ?? []));
    const best = scores.reduce((most, one) => Math.max(most, one), 0);
    const at = best < least ? undefined : open[scores.indexOf(best)];
    if (at !== undefined) places[at] = name;
  };
  const isSure = (one: string): boolean => used.kindOf(one) !== null;
  for (const name of names.filter(isSure)) put(name, 3);
  for (const name of names) if (!places.includes(name)) put(name, isSure(name) ? 0 : 1);
  return places;
}

/** How well such fields go with what the statements do with a column; 0: not at all. */
function fitness(used: UsedNames, column: string, samples: readonly LogField[]): number {
  const kind = used.kindOf(column);
  if (samples.length === 0 || kind === null) return 2;
  const type = guessedType(samples);
  const wantsPoint = used.typeOf(column).startsWith("DECIMAL");
  if (kind === "number") {
    if (type.startsWith("DECIMAL")) return wantsPoint ? 4 : 3;
    return type.includes("INT") ? (wantsPoint ? 2 : 3) : 0;
  }
  if (type.startsWith("VARCHAR")) return 4;
  return /INT(?! UNSIGNED)|DECIMAL/.test(type) ? 0 : /INT/.test(type) ? 1 : 3;
}

/** A name as it is written in a statement: in backticks only where it must be. */
export function quote(name: string): string {
  return /^[a-z_][\w$]*$/i.test(name) && parseStatement(`SELECT ${name} FROM t`).ok
    ? name
    : `\`${name.replace(/`/g, "``")}\``;
}

/** How many fields stand before DB_TRX_ID and DB_ROLL_PTR. */
function keyColumns(fields: readonly (LogField | null)[] | undefined): number {
  const at = fields?.findIndex(
    (field, place) => field?.bytes.length === 6 && fields[place + 1]?.bytes.length === 7,
  );
  return at === undefined || at < 1 ? 1 : at;
}

function lastFields(rows: readonly (readonly (LogField | null)[])[]): LogField[] {
  return rows.flatMap((fields) => fields.at(-1) ?? []);
}

function shapeOf(sql: string, isGuessed: boolean): TableShape | null {
  const parsed = parseStatement(sql);
  if (!parsed.ok || parsed.statement.kind !== "createTable") return null;
  const { statement } = parsed;
  const columns = columnsOf(statement, sql);
  // A table of another database is made in the one that is there.
  const schema = statement.name.schema;
  const own =
    schema === null
      ? sql
      : sql.slice(0, schema.span.start) + sql.slice(statement.name.name.span.start);
  const indexes = indexesOf(statement, columns);
  const foreignKeys = foreignKeysOf(statement);
  return { name: statement.name.name.text, sql: own, isGuessed, columns, indexes, foreignKeys };
}

function columnsOf(statement: CreateTable, sql: string): readonly ColumnShape[] {
  const keyed = statement.elements.flatMap((one) =>
    one.kind === "key" && one.type === "primary"
      ? one.parts.map((part) => part.column?.text.toLowerCase())
      : [],
  );
  return statement.elements.flatMap((one) => {
    if (one.kind !== "columnDefinition") return [];
    const isKey = one.primaryKey || keyed.includes(one.name.text.toLowerCase());
    return {
      name: one.name.text,
      type: one.type,
      typeText: sql.slice(one.type.span.start, one.type.span.end),
      isNullable: !isKey && one.nullable !== false,
      hasDefault: one.default !== null || one.autoIncrement,
      isGenerated: one.generated !== null,
      isStored: one.generated === null || one.generated.stored,
    };
  });
}

function foreignKeysOf(statement: CreateTable): readonly ForeignKey[] {
  return statement.elements.flatMap((one) => {
    if (one.kind !== "foreignKey") return [];
    const { table, columns, onDelete, onUpdate } = one.references;
    const [[column, second], [key]] = [one.columns, columns];
    if (column === undefined || second !== undefined || key === undefined) return [];
    const [child, parent] = [statement.name.name.text, table.name.text];
    const followed = onUpdate === "cascade" ? "UPDATE" : null;
    const cascade = onDelete === "cascade" ? "DELETE" : followed;
    return [{ child, column: column.text, parent, key: key.text, cascade }];
  });
}

function indexesOf(statement: CreateTable, columns: readonly ColumnShape[]): readonly IndexShape[] {
  const made: Omit<IndexShape, "isClustered">[] = [];
  const place = (name: string | undefined): number =>
    columns.findIndex((one) => one.name.toLowerCase() === name?.toLowerCase());
  const add = (
    name: string | null,
    names: readonly string[],
    isUnique: boolean,
    hasPrefix: boolean,
  ) => {
    const base = name ?? names[0] ?? "functional_index";
    let free = base;
    for (let n = 2; made.some((one) => one.name === free); n++) free = `${base}_${n}`;
    made.push({ name: free, columns: names.map(place), isUnique, hasPrefix });
  };
  for (const one of statement.elements) {
    if (one.kind === "columnDefinition" && one.primaryKey)
      add("PRIMARY", [one.name.text], true, false);
    if (one.kind === "columnDefinition" && one.unique) add(null, [one.name.text], true, false);
    if (one.kind === "key" && one.type !== "fulltext" && one.type !== "spatial") {
      const names = one.parts.map((part) => part.column?.text ?? "");
      const isUnique = one.type !== "index";
      const name = one.type === "primary" ? "PRIMARY" : (one.name?.text ?? null);
      add(
        name,
        names,
        isUnique,
        one.parts.some((part) => part.length !== null),
      );
    }
  }
  for (const one of statement.elements) {
    if (one.kind !== "foreignKey") continue;
    const names = one.columns.map((column) => column.text);
    const isThere = made.some((index) =>
      names.every((name, at) => index.columns[at] === place(name)),
    );
    if (!isThere) add(one.name?.text ?? one.indexName?.text ?? null, names, false, false);
  }
  const clustered =
    made.find((one) => one.name === "PRIMARY") ??
    made.find(
      (one) => one.isUnique && one.columns.every((at) => columns[at]?.isNullable === false),
    );
  const all = made.map((one) => ({ ...one, isClustered: one === clustered }));
  if (clustered !== undefined) return all;
  return [
    ...all,
    { name: ROW_ID_INDEX, columns: [], isUnique: true, hasPrefix: false, isClustered: true },
  ];
}

/** Behind the parenthesis that closes the one at `open`; quoted text may hold any. */
function endOfElements(text: string, open: number): number | null {
  if (open < 0) return null;
  let depth = 0;
  let quoted = "";
  for (let at = open; at < text.length; at++) {
    const one = text.charAt(at);
    if (quoted !== "") {
      if (one === "\\" && quoted !== "`") at += 1;
      else if (one === quoted) quoted = "";
    } else if ("'\"`".includes(one)) quoted = one;
    else if (one === "(") depth += 1;
    else if (one === ")") {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return null;
}
