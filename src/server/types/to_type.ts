/**
 * Conversion of a value to another type without a column's checks: the branches of CASE, UNION's columns, CAST.
 *
 * MySQL: Item::val_* of the merged type; Item_typecast_*.
 */

import { unreachable } from "../../base/assert.ts";
import { dateText } from "../../base/temporal_text.ts";
import type { Datum } from "../../innodb/api.ts";
import { decimalOf, doubleOf, integerOf, type Present, textOf } from "./convert.ts";
import type { EvalEnv } from "./eval_env.ts";
import { rounded } from "./moment_rounding.ts";
import type { SqlType } from "./sql_type.ts";
import { momentText, roundMicros } from "./temporal.ts";
import { momentOf, timeOf } from "./temporal_of.ts";

/** Null when a value of `from` already is one of `to`. */
export function converterTo(
  from: SqlType,
  to: SqlType,
  env: EvalEnv,
): ((value: Present) => Datum) | null {
  if (from.kind === "null" || to.kind === "null") return null;
  switch (to.kind) {
    case "int":
    case "year":
    case "rowId":
    case "bit":
      return from.kind === "int" || from.kind === "year" || from.kind === "bit"
        ? null
        : integerOf(from, env);
    case "decimal":
      return from.kind === "decimal" && from.scale === to.scale
        ? null
        : decimalOf(from, to.scale, env);
    case "double":
    case "float":
      return from.kind === to.kind ? null : doubleOf(from, env);
    case "char":
    case "varchar":
    case "text":
    case "blob":
      return "collation" in from && from.kind !== "enum" ? null : textOf(from);
    case "enum":
      return null;
    case "date": {
      if (from.kind === "date") return null;
      const read = momentOf(from, env);
      return (value) => {
        const moment = read(value);
        return moment === null ? null : dateText(moment);
      };
    }
    case "datetime":
    case "timestamp": {
      if (from.kind === to.kind && from.fsp === to.fsp) return null;
      const { fsp } = to;
      const read = momentOf(from, env);
      return (value) => {
        const moment = read(value);
        return moment === null ? null : momentText(rounded(moment, fsp), fsp);
      };
    }
    case "time": {
      if (from.kind === "time" && from.fsp <= to.fsp) return null;
      const { fsp } = to;
      const read = timeOf(from, env);
      return (value) => {
        const micros = read(value);
        return micros === null ? null : roundMicros(micros, fsp);
      };
    }
    default:
      return unreachable(to);
  }
}
