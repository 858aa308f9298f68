/**
 * A number column compared with a constant that its type cannot hold, or holds at its ends alone: `tiny > 1000` is never true.
 *
 * MySQL: fold_condition (sql_const_folding.cc).
 */
import type { ColumnType } from "../../trace/values.ts";
import { compareItem } from "../expr/comparison.ts";
import { wasConverted } from "../expr/constant_operand.ts";
import { type Item, literalItem, type Shape } from "../expr/item.ts";
import { isNullItem } from "../expr/logic.ts";
import { type CompareOp, MIRRORED } from "../optimizer/predicate.ts";
import { doubleOf } from "../types/convert.ts";
import { FLOAT_MAX } from "../types/double.ts";
import type { EvalEnv } from "../types/eval_env.ts";
import { BOOLEAN, classOf, integerRange } from "../types/sql_type.ts";
import type { PredicateTable } from "./predicate_of.ts";

export const NEVER: Item = literalItem(0, BOOLEAN, "false");

/** A number column against a constant at or beyond the ends of its type, or between two of its values. */
export function foldedNumber(
  shape: Extract<Shape, { kind: "compare" }>,
  tables: readonly PredicateTable[],
  env: EvalEnv,
): Item | null {
  const isLeft = shape.left.shape.kind === "column";
  const [side, other] = isLeft ? [shape.left, shape.right] : [shape.right, shape.left];
  if (side.shape.kind !== "column" || !other.isConst) return null;
  const { column } = side.shape;
  const def = tables.find(({ position }) => 2 ** position === side.tables)?.columns[column];
  const ends = def === undefined ? null : endsOf(def.type);
  if (def === undefined || ends === null) return null;
  const value = numberOf(other, env);
  if (value === null) return null;
  const [low, high] = ends;
  const isOutside =
    def.type.kind === "decimal" ? [value <= low, value >= high] : [value < low, value > high];
  const isInHole = def.type.kind === "year" && value > 0 && value < 1901;
  const place = isOutside[0]
    ? "below"
    : isOutside[1]
      ? "above"
      : isInHole
        ? "between"
        : withinRange(value, low, high);
  if (place === null) return null;
  const op = isLeft ? shape.op : MIRRORED[shape.op];
  if (def.type.kind !== "int" && !isFoldedThere(def.type.kind, place, value)) return null;
  // A text that is no number is no YEAR either.
  if (def.type.kind === "year" && place === "lowest" && wasConverted(other)) return null;
  const meaning = FOLDED[place][op];
  if (meaning === null) return null;
  if (meaning === "never") return NEVER;
  if (meaning !== "always") return compareItem(meaning, side, other, env);
  return def.nullable ? isNullItem(side, true) : literalItem(1, BOOLEAN, "true");
}

function endsOf(type: ColumnType): readonly [number | bigint, number | bigint] | null {
  if (type.kind === "int") return integerRange(type.bytes, type.unsigned);
  if (type.kind === "year") return [0, 2155];
  if (type.kind === "float") return [-FLOAT_MAX, FLOAT_MAX];
  if (type.kind !== "decimal") return null;
  const beyond = 10 ** (type.precision - type.scale);
  return [type.unsigned ? -Number.MIN_VALUE : -beyond, beyond];
}

/** Of a DECIMAL and a FLOAT what they cannot hold; of a YEAR too, which is 0 or begins at 1901, and its ends. */
function isFoldedThere(
  kind: ColumnType["kind"],
  place: keyof typeof FOLDED,
  value: number | bigint,
): boolean {
  if (kind !== "year") return place === "above" || place === "below";
  return place !== "between" || value < 1901;
}

/** A constant of one of the number types. */
function numberOf({ type, eval: compute }: Item, env: EvalEnv): number | bigint | null {
  const kind = classOf(type);
  if (kind !== "int" && kind !== "decimal" && kind !== "double") return null;
  const value = compute?.() ?? null;
  if (kind === "int") return typeof value === "string" ? null : value;
  return value === null ? null : doubleOf(type, env)(value);
}

function withinRange(
  value: number | bigint,
  low: number | bigint,
  high: number | bigint,
): "lowest" | "highest" | "between" | null {
  if (typeof value === "number" && !Number.isInteger(value)) return "between";
  // Loosely: a BIGINT's ends are bigints, small values are numbers.
  return value <= low ? "lowest" : value >= high ? "highest" : null;
}

type Meaning = "never" | "always" | "=" | null;

const FOLDED: Readonly<
  Record<"below" | "lowest" | "between" | "highest" | "above", Readonly<Record<CompareOp, Meaning>>>
> = {
  below: {
    "=": "never",
    "<=>": "never",
    "<>": "always",
    "<": "never",
    "<=": "never",
    ">": "always",
    ">=": "always",
  },
  lowest: {
    "=": null,
    "<=>": null,
    "<>": null,
    "<": "never",
    "<=": "=",
    ">": null,
    ">=": "always",
  },
  // Between two whole numbers.
  between: {
    "=": "never",
    "<=>": "never",
    "<>": "always",
    "<": null,
    "<=": null,
    ">": null,
    ">=": null,
  },
  highest: {
    "=": null,
    "<=>": null,
    "<>": null,
    "<": null,
    "<=": "always",
    ">": "never",
    ">=": "=",
  },
  above: {
    "=": "never",
    "<=>": "never",
    "<>": "always",
    "<": "always",
    "<=": "always",
    ">": "never",
    ">=": "never",
  },
};
