/** How one table is read, as a line of EXPLAIN's tree. */
import type { Datum, IndexInfo, TableInfo } from "../../../innodb/api.ts";
import { toValue } from "../../../innodb/datum.ts";
import { type MergePath, scansOf } from "../../optimizer/access_path.ts";
import type { KeyRange } from "../../optimizer/key_ranges.ts";
import type { JoinStep } from "../join/join_types.ts";
import { type Estimate, estimated, node, type TreeNode } from "./tree.ts";
import { conditionsText, itemText } from "./tree_names.ts";

export function accessNode(step: JoinStep, estimate: Estimate | null): TreeNode {
  const { source, scope } = step.table;
  if (source.kind !== "base") return node(`Table scan on ${scope.alias}`, estimate);
  const { path } = step.chosen;
  if (path.kind === "merge") return mergeNode(step, path, estimate);
  const pushed =
    step.pushed.length === 0 ? "" : `, with index condition: ${conditionsText(step.pushed)}`;
  return node(`${accessText(step, source.table.info)}${pushed}`, estimate);
}

function accessText({ table, chosen, outer, eachRow }: JoinStep, info: TableInfo): string {
  const { path, keyRead } = chosen;
  const on = table.scope.alias;
  if (eachRow !== null) return `Index range scan on ${on} (re-planned for each iteration)`;
  const covering = (text: string) =>
    keyRead ? `Covering ${text[0]?.toLowerCase()}${text.slice(1)}` : text;
  switch (path.kind) {
    case "index":
      return `${covering("Index scan on")} ${on} using ${path.index.name}${reverse(path.isReverse)}`;
    case "range":
      return `${covering("Index range scan on")} ${on} using ${path.index.name} over ${rangesText(path.ranges, path.index, info)}${reverse(path.isReverse)}`;
    case "ref": {
      const key = path.key.map(({ column, operand, orNull }) => {
        const value =
          operand.kind === "const"
            ? `${info.columns[column]?.type.kind === "date" && operand.value !== null ? "DATE" : ""}${valueText(operand.value, info, column)}`
            : outer[operand.id] === undefined
              ? "?"
              : itemText(outer[operand.id] as (typeof outer)[number]);
        return `${info.columns[column]?.name ?? ""} = ${value}${orNull ? " or NULL" : ""}`;
      });
      const kind = path.isUnique
        ? `Single-row ${keyRead ? "covering " : ""}index lookup on`
        : covering("Index lookup on");
      return `${kind} ${on} using ${path.index.name} (${key.join(", ")})${reverse(path.isReverse)}`;
    }
    default:
      return `Table scan on ${on}`;
  }
}

function mergeNode(step: JoinStep, path: MergePath, estimate: Estimate | null): TreeNode {
  const { source, scope } = step.table;
  const info = source.kind === "base" ? source.table.info : null;
  const on = scope.alias;
  const how = {
    union: "Deduplicate rows sorted by row ID",
    sort_union: "Sort-deduplicate by row ID",
    intersect: "Intersect rows sorted by row ID",
  } as const;
  const children = scansOf(path).map(({ index, ranges, rows, cost }) => {
    const over = info === null ? "" : rangesText(ranges, index, info);
    return node(
      `Index range scan on ${on} using ${index.name} over ${over}`,
      estimated(cost, rows),
    );
  });
  return node(how[path.how], estimate, children);
}

function reverse(isReverse: boolean): string {
  return isReverse ? " (reverse)" : "";
}

const RANGES_MAX = 3;

function rangesText(ranges: readonly KeyRange[], index: IndexInfo, info: TableInfo): string {
  const texts = ranges.map((range) => `(${rangeText(range, index, info)})`);
  if (texts.length <= RANGES_MAX) return texts.join(" OR ");
  return `${texts.slice(0, 2).join(" OR ")} OR (${texts.length - 2} more)`;
}

/** MySQL: append_range: the parts that are equal, then what is left of the last one. */
function rangeText(range: KeyRange, index: IndexInfo, info: TableInfo): string {
  const columns = [...index.parts, ...extraParts(index, info)].map(({ column }) => column);
  const name = (part: number) => info.columns[columns[part] ?? -1]?.name ?? "";
  const text = (part: number, value: Datum) => valueText(value, info, columns[part] ?? -1);
  const low = range.low?.key ?? [];
  const high = range.high?.key ?? [];
  const parts = Math.max(low.length, high.length);
  const texts: string[] = [];
  for (let part = 0; part < parts; part += 1) {
    const [from, to] = [low[part], high[part]];
    if (from !== undefined && to !== undefined && from === to) {
      texts.push(`${name(part)} = ${text(part, from)}`);
      continue;
    }
    const isLow = part === low.length - 1 && range.low?.inclusive === false;
    const isHigh = part === high.length - 1 && range.high?.inclusive === false;
    const start = from === undefined ? "" : `${text(part, from)} ${isLow ? "<" : "<="} `;
    const end = to === undefined ? "" : ` ${isHigh ? "<" : "<="} ${text(part, to)}`;
    texts.push(`${start}${name(part)}${end}`);
  }
  return texts.join(" AND ");
}

function extraParts(index: IndexInfo, info: TableInfo): readonly { readonly column: number }[] {
  const clustered = info.indexes.find((other) => other.clustered);
  return index.clustered ? [] : (clustered?.parts ?? []);
}

function valueText(value: Datum, info: TableInfo, column: number): string {
  const type = info.columns[column]?.type;
  if (type === undefined || value === null) return "NULL";
  const shown = toValue(type, value);
  const isText = typeof value === "string" || type.kind === "enum";
  return typeof shown === "string" && isText ? `'${shown}'` : String(shown);
}
