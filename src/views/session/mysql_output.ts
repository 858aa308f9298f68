/**
 * The outcome of a statement as the mysql client prints it on a terminal: box tables, `Query OK`, `Empty set`,
 * `ERROR nnnn (sssss): ...`.
 *
 *     +----+------+
 *     | id | name |        headers to the left, numbers to the right, CJK characters two cells wide
 *     +----+------+
 *     |  1 | 关羽 |
 *     +----+------+
 *     1 row in set (0.00 sec)
 */
import { unreachable } from "../../base/assert.ts";
import { AS_HEX, fieldText, MAY_BE_NULL, TO_THE_RIGHT } from "../../trace/printing.ts";
import type { Outcome, ResultSet } from "../../trace/state.ts";

/** `vertical`: as after \G, one column a line. What a CALL hands out is counted: 1/3. */
export function mysqlOutput(outcome: Outcome, tookMs: number, vertical = false): string {
  const time = `(${duration(tookMs)})`;
  const several = (sets: readonly ResultSet[], end: string): string =>
    [
      ...sets.map((set, at) => {
        const place = sets.length > 1 ? `${at + 1}/${sets.length}\n` : "";
        return place + setText(set, 0, time, vertical);
      }),
      end,
    ].join("\n\n");
  switch (outcome.kind) {
    case "rows": {
      const { warnings, streamed, call } = outcome;
      if (streamed !== undefined) return `${counted(streamed, "row")} sent ${time}`;
      if (call === undefined) return setText(outcome, warnings, time, vertical);
      return several([outcome, ...call.more], done(call.affected, warnings, time));
    }
    case "ok": {
      const { affected, warnings, info } = outcome;
      const line = done(affected, warnings, time);
      return info === "" ? line : `${line}\n${info}`;
    }
    case "error": {
      const line = `ERROR ${outcome.errno} (${outcome.sqlState}): ${outcome.message}`;
      return several(outcome.before ?? [], line);
    }
    case "lost":
      return "ERROR 2013 (HY000): Lost connection to MySQL server during query";
    default:
      return unreachable(outcome);
  }
}

function done(affected: number, warnings: number, time: string): string {
  return `Query OK, ${counted(affected, "row")} affected${withWarnings(warnings)} ${time}`;
}

function setText(set: ResultSet, warnings: number, time: string, vertical: boolean): string {
  const { length } = set.rows;
  if (length === 0) return `Empty set${withWarnings(warnings)} ${time}`;
  const table = vertical ? verticalRows(set) : boxTable(set);
  return `${table}\n${counted(length, "row")} in set${withWarnings(warnings)} ${time}`;
}

/** As the client's print_table_data_vertically: names to the right, as wide as the widest. */
function verticalRows({ columns, rows, printed }: ResultSet): string {
  const width = columns.reduce((most, name) => Math.max(most, cells(name)), 0);
  const stars = "*".repeat(27);
  return rows
    .flatMap((row, at) => [
      `${stars} ${at + 1}. row ${stars}`,
      ...columns.map(
        (name, column) =>
          `${padded(name, width, true)}: ${fieldText(row[column] ?? null, printed?.[column])}`,
      ),
    ])
    .join("\n");
}

function boxTable({ columns, rows, printed }: ResultSet): string {
  const how = columns.map(
    (_, column) => printed?.[column] ?? (looksNumeric(rows, column) ? TO_THE_RIGHT : 0),
  );
  const isNumeric = how.map((each) => (each & TO_THE_RIGHT) !== 0);
  const texts = rows.map((row) => row.map((field, column) => fieldText(field, how[column])));
  const widths = columns.map((name, column) => widthOf(name, how[column] ?? 0, rows, column));
  const rule = `+${widths.map((width) => "-".repeat(width + 2)).join("+")}+`;
  const line = (fields: readonly string[], right: readonly boolean[]) =>
    `|${fields.map((field, column) => ` ${padded(field, widths[column] ?? 0, right[column] === true)} `).join("|")}|`;
  return [rule, line(columns, []), rule, ...texts.map((row) => line(row, isNumeric)), rule].join(
    "\n",
  );
}

/** In cells. What is in hex gets room for the column's name as if it were bytes too. */
function widthOf(name: string, how: number, rows: ResultSet["rows"], column: number): number {
  const least = how & MAY_BE_NULL ? Math.max(cells(name), 4) : cells(name);
  const width = rows.reduce((most, row) => Math.max(most, cells(row[column] ?? "NULL")), least);
  return how & AS_HEX ? 2 + 2 * width : width;
}

/** For a server that does not tell the types of its columns: nothing but numbers, and at least one. */
function looksNumeric(rows: ResultSet["rows"], column: number): boolean {
  const fields = rows.flatMap((row) => row[column] ?? []);
  return fields.length > 0 && fields.every((field) => /^-?\d+(\.\d+)?(e[+-]?\d+)?$/.test(field));
}

function padded(text: string, width: number, right: boolean): string {
  const blanks = " ".repeat(Math.max(0, width - cells(text)));
  return right ? blanks + text : text + blanks;
}

/** How many cells of a terminal the text takes. */
export function cells(text: string): number {
  let width = 0;
  for (const character of text) width += isWide(character.codePointAt(0) ?? 0) ? 2 : 1;
  return width;
}

/** Unicode's East Asian Wide and Fullwidth blocks. */
function isWide(code: number): boolean {
  return (
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0xffe0 && code <= 0xffe6) ||
    (code >= 0x1f300 && code <= 0x1faff) ||
    (code >= 0x20000 && code <= 0x3fffd)
  );
}

/** As the client's nice_time: minutes only when there are any. */
function duration(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  const rest = `${((ms - minutes * 60_000) / 1000).toFixed(2)} sec`;
  return minutes === 0 ? rest : `${minutes} min ${rest}`;
}

function withWarnings(warnings: number): string {
  return warnings === 0 ? "" : `, ${counted(warnings, "warning")}`;
}

function counted(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
