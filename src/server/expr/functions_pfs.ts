/** Functions that go with performance_schema. MySQL: sql/item_pfs_func.cc. */
import type { Datum } from "../../innodb/api.ts";
import { doubleOf } from "../types/convert.ts";
import { BIGINT_UNSIGNED, varchar } from "../types/sql_type.ts";
import { type Call, type FunctionTable, integerArg } from "./function_table.ts";
import { type Item, makeItem, onValues } from "./item.ts";

export const PFS_FUNCTIONS: FunctionTable = {
  ps_thread_id: { min: 1, max: 1, make: threadOf },
  format_pico_time: { min: 1, max: 1, make: (call) => formatted(call, PICO_UNITS) },
  format_bytes: { min: 1, max: 1, make: (call) => formatted(call, BYTE_UNITS) },
};

/** NULL for a connection that is not there: performance_schema.threads says so. */
function threadOf(call: Call): Item {
  const { ctx } = call.env;
  const read = integerArg(call, 0);
  const find = (value: Datum): Datum => {
    const threads = ctx.table("performance_schema", "threads", "threads");
    if (value === null || threads.kind !== "virtual") return null;
    const wanted = read([value]);
    const at = threads.columns.findIndex(({ name }) => name === "PROCESSLIST_ID");
    return threads.rows().find((row) => row[at] === wanted)?.[0] ?? null;
  };
  return makeItem(
    call.args,
    onValues(call.args, ([value]) => find(value ?? null)),
    {
      type: BIGINT_UNSIGNED,
      text: call.text,
      nullable: true,
    },
  );
}

type Units = readonly (readonly [unit: string, size: number])[];

/** The largest first; what is smaller than all is a whole number of the last. */
const PICO_UNITS: Units = [
  ["d", 864e14],
  ["h", 36e14],
  ["min", 6e13],
  ["s", 1e12],
  ["ms", 1e9],
  ["us", 1e6],
  ["ns", 1e3],
  ["ps", 1],
];

const BYTE_UNITS: Units = [
  ["EiB", 2 ** 60],
  ["PiB", 2 ** 50],
  ["TiB", 2 ** 40],
  ["GiB", 2 ** 30],
  ["MiB", 2 ** 20],
  ["KiB", 2 ** 10],
  ["bytes", 1],
];

const LARGE = 100_000;

function formatted(call: Call, units: Units): Item {
  const arg = call.args[0] as Item;
  const read = doubleOf(arg.type, call.env);
  const text = ([given = null]: readonly Datum[]): Datum =>
    given === null ? null : inUnits(read(given), units);
  return makeItem(call.args, onValues(call.args, text), {
    type: varchar(17),
    text: call.text,
    nullable: true,
  });
}

/** As FORMAT_PICO_TIME does. */
export function picoText(picoseconds: number): string {
  return inUnits(picoseconds, PICO_UNITS);
}

function inUnits(value: number, units: Units): string {
  const smallest = units.at(-1) as Units[number];
  const [unit, size] = units.find(([, one]) => Math.abs(value) >= one) ?? smallest;
  if (size === 1) return `${String(Math.trunc(value)).padStart(unit.length === 2 ? 3 : 4)} ${unit}`;
  const shown = value / size;
  return `${Math.abs(shown) >= LARGE ? exponential(shown) : shown.toFixed(2)} ${unit}`;
}

/** As C prints %4.2e: at least two digits of the exponent. */
function exponential(value: number): string {
  return value.toExponential(2).replace(/e([+-])(\d)$/, "e$10$2");
}
