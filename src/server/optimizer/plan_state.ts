/** A chosen access path in EXPLAIN's words, for the trace. */
import { unreachable } from "../../base/assert.ts";
import type { Datum, TableInfo } from "../../innodb/api.ts";
import { toValue } from "../../innodb/datum.ts";
import type { PlanState } from "../../trace/state.ts";
import { type AccessPath, type ChosenAccess, type MergePath, scansOf } from "./access_path.ts";
import { type KeyInfo, keysOf } from "./key_info.ts";
import { type KeyRange, usedKeyLength } from "./key_ranges.ts";

const NOTHING_TESTED: readonly number[] = [];
const NO_NAMES: readonly string[] = [];

/**
 * `extra` is the executor's: it knows what it pushes down, sorts and materializes. `tested`: columns in the conditions on the
 * table's rows, asked for of a whole scan only.
 */
export function planState(
  alias: string,
  info: TableInfo,
  chosen: ChosenAccess,
  extra: string,
  outerText: (id: number) => string,
  tested: () => readonly number[] = () => NOTHING_TESTED,
): PlanState {
  const { path } = chosen;
  if (path.kind === "merge") return mergeState(alias, info, chosen, path, extra);
  const key =
    "index" in path
      ? (keysOf(info).find((candidate) => candidate.index.id === path.index.id) ?? null)
      : null;
  return {
    table: alias,
    access: accessName(path),
    key: key?.index.name ?? null,
    keyLen: key === null ? null : keyLength(path, key),
    rows: chosen.rows,
    cost: chosen.cost,
    extra,
    condition: key === null ? "" : conditionText(path, key, info, outerText),
    unindexed:
      path.kind === "all" || path.kind === "index" ? unindexedNames(tested(), info) : NO_NAMES,
    considered: chosen.considered,
  };
}

function unindexedNames(columns: readonly number[], info: TableInfo): readonly string[] {
  const leading = new Set(keysOf(info).map(({ parts }) => parts[0]?.column));
  const missing = [...new Set(columns)].filter((column) => !leading.has(column));
  return missing.map((column) => info.columns[column]?.name ?? "?");
}

/** The same access for other values. */
export function stateAgain(state: PlanState, path: AccessPath, info: TableInfo): PlanState {
  if (path.kind !== "const" && path.kind !== "range") return state;
  const key = keysOf(info).find(({ index }) => index.id === path.index.id);
  const condition = key === undefined ? "" : conditionText(path, key, info, noText);
  const { table, access, key: name, keyLen, rows, cost, extra, unindexed, considered } = state;
  return { table, access, key: name, keyLen, rows, cost, extra, condition, unindexed, considered };
}

function noText(): string {
  return "?";
}

/** Names and lengths stand in the order of the scans. */
function mergeState(
  alias: string,
  info: TableInfo,
  chosen: ChosenAccess,
  path: MergePath,
  extra: string,
): PlanState {
  const scans = scansOf(path).flatMap(({ index, ranges }) => {
    const key = keysOf(info).find((candidate) => candidate.index.id === index.id);
    return key === undefined ? [] : [{ key, ranges }];
  });
  return {
    table: alias,
    access: "index_merge",
    key: scans.map(({ key }) => key.index.name).join(","),
    keyLen: scans.map(({ key, ranges }) => usedKeyLength(ranges, key)).join(","),
    rows: chosen.rows,
    cost: chosen.cost,
    extra,
    condition: scans
      .map(({ key, ranges }) => rangesText(ranges, key, info))
      .join(path.how === "intersect" ? " and " : " or "),
    unindexed: NO_NAMES,
    considered: chosen.considered,
  };
}

type SinglePath = Exclude<AccessPath, MergePath>;

function accessName(path: SinglePath): PlanState["access"] {
  switch (path.kind) {
    case "none":
      return "none";
    case "const":
    case "range":
    case "index":
      return path.kind;
    case "loose":
    case "skip":
      return "range";
    case "ref":
      return path.orNull ? "ref_or_null" : path.isUnique ? uniqueName(path) : "ref";
    case "all":
      return "ALL";
    case "system":
      return "system";
    case "made":
      return path.isLookup ? "ref" : "ALL";
    default:
      return unreachable(path);
  }
}

/** A table that is not read first, as STRAIGHT_JOIN wants it, by a key that is known all the same. MySQL: JT_CONST. */
function uniqueName({ key }: Extract<SinglePath, { kind: "ref" }>): PlanState["access"] {
  return key.every(({ operand }) => operand.kind === "const") ? "const" : "eq_ref";
}

function keyLength(path: SinglePath, key: KeyInfo): number {
  if (path.kind === "range") return usedKeyLength(path.ranges, key);
  if (path.kind === "loose") {
    return key.parts.slice(0, path.usedParts).reduce((sum, part) => sum + part.length, 0);
  }
  if (path.kind === "skip") {
    return key.parts.slice(0, path.prefixParts + 1).reduce((sum, part) => sum + part.length, 0);
  }
  const parts = path.kind === "const" || path.kind === "ref" ? path.key.length : key.declared;
  return key.parts.slice(0, parts).reduce((sum, part) => sum + part.length, 0);
}

function rangesText(ranges: readonly KeyRange[], key: KeyInfo, info: TableInfo): string {
  const [first] = ranges;
  if (first !== undefined && ranges.length === 1) return rangeText(first, key, info);
  return ranges.map((range) => rangeText(range, key, info)).join(", ");
}

function partName(key: KeyInfo, part: number, info: TableInfo): string {
  return info.columns[key.parts[part]?.column ?? -1]?.name ?? "?";
}

function partText(key: KeyInfo, part: number, value: Datum): string {
  const type = key.parts[part]?.type;
  if (type === undefined || value === null) return "NULL";
  const shown = toValue(type, value);
  return typeof shown === "string" && typeof value === "string" ? `'${shown}'` : String(shown);
}

function conditionText(
  path: SinglePath,
  key: KeyInfo,
  info: TableInfo,
  outerText: (id: number) => string,
): string {
  switch (path.kind) {
    case "const": {
      const text = (value: Datum, part: number) =>
        `${partName(key, part, info)} = ${partText(key, part, value)}`;
      return path.key.length === 1
        ? text(path.key[0] as Datum, 0)
        : path.key.map(text).join(" and ");
    }
    case "ref":
      return path.key
        .map(({ operand }, part) => {
          const isConst = operand.kind === "const";
          const text = isConst ? partText(key, part, operand.value) : outerText(operand.id);
          return `${partName(key, part, info)} = ${text}`;
        })
        .join(" and ");
    case "range":
      return rangesText(path.ranges, key, info);
    case "index":
      return `all of ${key.index.name}`;
    default:
      return "";
  }
}

function rangeText(range: KeyRange, key: KeyInfo, info: TableInfo): string {
  const { low, high, parts, isPoint } = range;
  const subject =
    parts > 1 ? `(${listed(parts, (part) => partName(key, part, info))})` : partName(key, 0, info);
  if (isPoint && low !== null) return `${subject} = ${tuple(low.key, key)}`;
  const from = low === null ? "" : `${tuple(low.key, key)} ${low.inclusive ? "<=" : "<"} `;
  const to = high === null ? "" : ` ${high.inclusive ? "<=" : "<"} ${tuple(high.key, key)}`;
  return from + subject + to;
}

function tuple(values: readonly Datum[], key: KeyInfo): string {
  if (values.length === 1) return partText(key, 0, values[0] as Datum);
  return `(${listed(values.length, (part) => partText(key, part, values[part] as Datum))})`;
}

function listed(parts: number, text: (part: number) => string): string {
  return Array.from({ length: parts }, (_, part) => text(part)).join(", ");
}

/** What was weighed for two plans of the same table. */
export function areSameConsidered(
  some: PlanState["considered"],
  others: PlanState["considered"],
): boolean {
  if (some.length !== others.length) return false;
  for (let at = 0; at < some.length; at += 1) {
    const [a, b] = [some[at], others[at]];
    if (a?.key !== b?.key || a?.rows !== b?.rows || a?.cost !== b?.cost) return false;
    if (a?.access !== b?.access || a?.why !== b?.why) return false;
  }
  return true;
}
