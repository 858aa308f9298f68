/** PostgreSQL's generate_series, which fills most tables of its tests, as a recursive table. */

const SERIES = /\bgenerate_series\(\s*(-?\d+)\s*,\s*(-?\d+)\s*(?:,\s*(-?\d+)\s*)?\)/i;
const ALIAS =
  /^\s*(?:AS\s+)?(?!(?:WHERE|ORDER|GROUP|LIMIT|ON|AS|RETURNING)\b)(\w+)(?:\s*\(\s*(\w+)\s*\))?/i;
/** @@cte_max_recursion_depth. */
const ROWS_MAX = 1000;

/** The statement without its one series; as it is where there is none, or one that is longer than a recursive table may be. */
export function withoutSeries(sql: string): string {
  const found = SERIES.exec(sql);
  if (found === null) return sql;
  const [series, first, last, given = "1"] = found;
  const [from, to, step] = [Number(first), Number(last), Number(given)];
  if (step < 1 || (to - from) / step >= ROWS_MAX) return sql;
  const before = sql.slice(0, found.index);
  const behind = sql.slice(found.index + series.length);
  const select = before.toUpperCase().lastIndexOf("SELECT");
  if (select < 0) return sql;
  const head = sql.slice(0, select);
  const isTable = /\bFROM\s*$/i.test(before);
  const alias = isTable ? ALIAS.exec(behind) : null;
  const table = alias?.[1] ?? "series";
  const column = alias?.[2] ?? alias?.[1] ?? "n";
  const counted = `WITH RECURSIVE ${table} (${column}) AS (SELECT ${from} UNION ALL SELECT ${column} + ${step} FROM ${table} WHERE ${column} <= ${to - step})`;
  // Whole numbers stay whole there when they are divided.
  const list = before.slice(select).replace(/(\b\w+)\s*\/\s*(\d+)/g, "$1 DIV $2");
  if (isTable) {
    return `${head}${counted} ${list}${table}${behind.slice(alias?.[0].length ?? 0)}`;
  }
  if (/\bFROM\b/i.test(behind)) return sql;
  const end = /\)?\s*$/.exec(behind)?.index ?? behind.length;
  const isParenthesised = behind.slice(end).startsWith(")") && /\(\s*$/.test(head);
  const cut = isParenthesised ? end : behind.length;
  return `${head}${counted} ${list}${column}${behind.slice(0, cut)} FROM ${table}${behind.slice(cut)}`;
}
