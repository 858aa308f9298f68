/** Aggregates and windows as the server writes them (MySQL: Item_sum::print, Item_func_group_concat::print, Window::print). */
import type {
  Aggregate,
  Expression,
  FrameBound,
  Window,
  WindowFunction,
} from "../../sql/ast_expression.ts";
import type { OrderItem } from "../../sql/ast_query.ts";

type Print = (operand: Expression) => string;

export function printAggregate(node: Aggregate, print: Print): string {
  const { name, distinct, star, args, orderBy, separator, over } = node;
  const list = star ? "0" : args.map(print).join(",");
  const order = orderBy.map(
    ({ expression, direction }) => `${print(expression)} ${direction.toUpperCase()}`,
  );
  const sorted = order.length === 0 ? "" : ` order by ${order.join(",")}`;
  const between = `'${(separator ?? ",").replaceAll("'", "\\'")}'`;
  const end = name === "group_concat" ? `${sorted} separator ${between}` : "";
  const text = `${name}(${distinct ? "distinct " : ""}${list}${end})`;
  return over === null ? text : `${text} OVER ${windowText(over, print)}`;
}

export function printWindowFunction({ name, args, over }: WindowFunction, print: Print): string {
  return `${name}(${args.map(print).join(",")}) OVER ${windowText(over, print)}`;
}

/** What stands behind OVER, and behind AS in WINDOW. */
export function windowText(over: Window, print: Print): string {
  const { name, partitionBy, orderBy, frame } = over;
  const base = name === null ? "" : `\`${name.text.replaceAll("`", "``")}\``;
  const isNamed = partitionBy.length + orderBy.length === 0 && frame === null;
  if (base !== "" && isNamed) return base;
  const parts = [
    base === "" ? "" : `${base} `,
    partitionBy.length === 0 ? "" : `PARTITION BY ${partitionBy.map(print).join(",")} `,
    orderBy.length === 0 ? "" : `ORDER BY ${orderBy.map((item) => orderText(item, print))} `,
  ];
  if (frame !== null) {
    const to = frame.to === null ? "CURRENT ROW" : boundText(frame.to, print);
    parts.push(`${frame.unit.toUpperCase()} BETWEEN ${boundText(frame.from, print)} AND ${to}`);
  }
  return `(${parts.join("")}) `;
}

function orderText({ expression, direction }: OrderItem, print: Print): string {
  return print(expression) + (direction === "desc" ? " desc" : "");
}

function boundText({ at, offset, unit }: FrameBound, print: Print): string {
  const amount = offset === null ? "" : print(offset);
  const distance = unit === null ? amount : `interval ${amount} ${unit}`;
  switch (at) {
    case "unboundedPreceding":
      return "UNBOUNDED PRECEDING";
    case "unboundedFollowing":
      return "UNBOUNDED FOLLOWING";
    case "currentRow":
      return "CURRENT ROW";
    case "preceding":
      return `${distance} PRECEDING`;
    case "following":
      return `${distance} FOLLOWING`;
  }
}
