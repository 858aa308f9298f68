/**
 * Function calls as the server writes them: under the name of the item that carries them out, not always the one typed.
 *
 *     SUBSTRING(s FROM 2)  substr(`s`,2)        MOD(a, 3)  (`a` % 3)        DATEDIFF(a, b)  (to_days(`a`) - to_days(`b`))
 *
 * MySQL: Item_func::print and its overrides; sql/item_create.cc.
 */
import { unreachable } from "../../base/assert.ts";
import type {
  Aggregate,
  Cast,
  ConvertUsing,
  DateArithmetic,
  DefaultValue,
  Expression,
  Extract as ExtractCall,
  FunctionCall,
  InsertedValue,
  JsonPath,
  Match,
  TimestampDiff,
  Trim,
  UnsupportedExpression,
  WindowFunction,
} from "../../sql/ast_expression.ts";
import { printAggregate, printWindowFunction } from "./print_window.ts";

type CallNode =
  | Aggregate
  | Cast
  | ConvertUsing
  | DateArithmetic
  | DefaultValue
  | ExtractCall
  | FunctionCall
  | InsertedValue
  | JsonPath
  | Match
  | TimestampDiff
  | Trim
  | UnsupportedExpression
  | WindowFunction
  | Extract<Expression, { kind: "memberOf" }>;

export function printCall(node: CallNode, print: (operand: Expression) => string): string {
  switch (node.kind) {
    case "function":
      return printFunction(node, print);
    case "aggregate":
      return printAggregate(node, print);
    case "cast":
      return `cast(${print(node.operand)} as ${castType(node)})`;
    case "convertUsing":
      return `convert(${print(node.operand)} using ${node.charset.toLowerCase()})`;
    case "dateArithmetic":
      return `(${print(node.operand)} ${node.operator} interval ${print(node.amount)} ${node.unit})`;
    case "extract":
      return `extract(${node.unit} from ${print(node.operand)})`;
    case "timestampDiff":
      return `timestampdiff(${node.unit.toUpperCase()},${print(node.from)},${print(node.to)})`;
    case "trim": {
      const side = node.side === "both" ? "" : `${node.side} `;
      const what = node.remove === null ? side : `${side}${print(node.remove)} from `;
      return `trim(${what}${print(node.operand)})`;
    }
    case "insertedValue":
      return `values(${print(node.column)})`;
    case "default":
      return node.column === null ? "default" : `default(${print(node.column)})`;
    case "jsonPath":
      return `json_${node.unquote ? "unquote(json_extract" : "extract"}(${print(node.column)},${print(node.path)})${node.unquote ? ")" : ""}`;
    case "memberOf":
      return `${print(node.operand)} member of (${print(node.array)})`;
    case "match":
      return `(match ${node.columns.map(print).join(",")} against (${print(node.against)}))`;
    case "windowFunction":
      return printWindowFunction(node, print);
    case "unsupportedExpression":
      return node.feature;
    default:
      return unreachable(node);
  }
}

/** The item's own name, where it is not the one typed. */
const ITEM_NAMES: Readonly<Record<string, string>> = {
  substring: "substr",
  substr: "substr",
  mid: "substr",
  lcase: "lower",
  ucase: "upper",
  ceil: "ceiling",
  power: "pow",
  octet_length: "length",
  character_length: "char_length",
  day: "dayofmonth",
  schema: "database",
  session_user: "user",
  system_user: "user",
};

function printFunction(node: FunctionCall, print: (operand: Expression) => string): string {
  const args = node.args.map(print);
  const [first = "", second = ""] = args;
  switch (node.name) {
    case "mod":
      return `(${first} % ${second})`;
    case "isnull":
      return `(${first} is null)`;
    case "datediff":
      return `(to_days(${first}) - to_days(${second}))`;
    case "instr":
      return `locate(${second},${first})`;
    case "date":
      return `cast(${first} as date)`;
    case "time":
      return `cast(${first} as time)`;
    case "timestamp":
      return `cast(${first} as datetime)`;
    case "week":
      return `week(${first},${args.length > 1 ? second : "0"})`;
    case "bin":
      return `conv(${first},10,2)`;
    case "oct":
      return `conv(${first},10,8)`;
    default:
      return `${ITEM_NAMES[node.name] ?? node.name}(${args.join(",")})`;
  }
}

function castType({ type }: Cast): string {
  const length = type.length === null ? "" : `(${type.length})`;
  switch (type.name) {
    case "char":
      return `char${length} charset ${type.charset ?? "utf8mb4"}`;
    case "binary":
      return `char${length} charset binary`;
    case "decimal":
      return `decimal(${type.length ?? 10},${type.decimals ?? 0})`;
    default:
      return `${type.name}${length}`;
  }
}
