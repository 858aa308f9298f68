/**
 * Tables with a column for each session, as Markdown writes them, as a browser copies them, with tabs, and as HTML.
 */
import type { ScenarioBuilder } from "./builder.ts";
import { labelIn } from "./labels.ts";
import { sessionOfColumn } from "./posted_sessions.ts";
import { statementsIn } from "./script_statements.ts";
import { VERBS } from "./sql_verbs.ts";

export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly { readonly cells: readonly string[]; readonly line: number }[];
  readonly title: string;
  /** Its lines, counted from 0, the last one not included. */
  readonly from: number;
  readonly to: number;
}

export const SQL_VERB = new RegExp(`^\\s*(?:\\/\\*.*?\\*\\/\\s*)?(?:${VERBS})\\b`, "im");
const ENTITIES: Readonly<Record<string, string>> = {
  lt: "<",
  gt: ">",
  quot: '"',
  nbsp: " ",
  "#39": "'",
  amp: "&",
};

export function tablesIn(lines: readonly string[]): readonly Table[] {
  const tables: Table[] = [];
  for (let at = 0; at + 1 < lines.length; at += 1) {
    const line = lines[at] ?? "";
    const isRuled = /^\s*\|?\s*:?-{2,}[^\n]*\|/.test(lines[at + 1] ?? "");
    if (!isRuled && !line.includes("\t")) continue;
    const separator = isRuled ? "|" : "\t";
    const header = cellsOf(line, separator);
    if (header.filter((cell) => sessionOf(cell) !== null).length < 2) continue;
    const first = isRuled ? at + 2 : at + 1;
    const rows = rowsFrom(lines, first, separator);
    tables.push({ header, rows, title: titleAbove(lines, at), from: at, to: first + rows.length });
    at = first + rows.length;
  }
  return tables;
}

/** Each HTML table as one with tabs, on as many lines as before. */
export function withoutHtml(text: string): string {
  return text.replace(/<table[\s\S]*?<\/table>/gi, (html) => {
    const [, ...rows] = html.split(/<tr[^>]*>/i);
    const lines = rows.map((row) =>
      row
        .split(/<t[hd][^>]*>/i)
        .slice(1)
        .map(plainCell)
        .join("\t"),
    );
    const spare = html.split("\n").length - lines.length;
    return `${lines.join("\n")}${"\n".repeat(Math.max(0, spare))}`;
  });
}

function plainCell(html: string): string {
  return html
    .replace(/<br\s*\/?>|<\/(?:p|li|div)>/gi, "\v")
    .replace(/<[^>]*>/g, " ")
    .replace(/[ \n\t]+/g, " ")
    .replaceAll("\v", "<br>")
    .replace(/&(#39|\w+);/g, (all, name: string) => ENTITIES[name] ?? all)
    .trim();
}

function rowsFrom(
  lines: readonly string[],
  first: number,
  separator: string,
): readonly Table["rows"][number][] {
  const end = lines.findIndex((line, at) => at >= first && !line.includes(separator));
  return lines
    .slice(first, end < 0 ? lines.length : end)
    .map((line, at) => ({ cells: cellsOf(line, separator), line: first + at + 1 }));
}

function cellsOf(line: string, separator: string): readonly string[] {
  if (separator === "\t") return line.split("\t").map((cell) => cell.trim());
  const inner = line.trim().replace(/^\|/, "").replace(/\|$/, "");
  return inner.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll("\\|", "|"));
}

function sessionOf(cell: string): string | null {
  return labelIn(cell) ?? sessionOfColumn(cell);
}

export function readTable(builder: ScenarioBuilder, table: Table): void {
  const labels = table.header.map(sessionOf);
  for (const label of labels) if (label !== null) builder.declare(label);
  for (const { cells, line } of table.rows) {
    for (const [column, cell] of cells.entries()) {
      const label = labels[column];
      if (label === null || label === undefined || cell === "") continue;
      const plain = cell.replace(/<br\s*\/?>/gi, "\n").replace(/`{1,3}/g, "");
      // Beside statements there are notes and results.
      if (!SQL_VERB.test(plain)) {
        builder.remark(line, "step", plain);
        continue;
      }
      for (const statement of statementsIn(plain)) {
        if (SQL_VERB.test(statement.text)) builder.run(label, statement.text, line);
      }
    }
  }
}

/** The nearest line above with words in it, without its marks. */
export function titleAbove(lines: readonly string[], from: number): string {
  for (let at = from - 1; at >= 0 && at > from - 12; at -= 1) {
    const line = (lines[at] ?? "").trim();
    if (line === "" || /^[-=|`~]+/.test(line)) continue;
    return line
      .replace(/^#+\s*/, "")
      .replace(/[:：]$/, "")
      .replaceAll("**", "")
      .slice(0, 120);
  }
  return "";
}
