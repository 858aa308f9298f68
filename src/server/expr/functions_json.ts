/** Functions of JSON documents. MySQL: sql/item_json_func.cc. */
import type { Datum } from "../../innodb/api.ts";
import { mysqlError } from "../errors.ts";
import { textOf } from "../types/convert.ts";
import { changedAt, insertedAt, listOf, merged, patched } from "../types/json_change.ts";
import {
  compareJson,
  isArray,
  type Json,
  jsonText,
  jsonType,
  objectOf,
  quotedJson,
} from "../types/json_document.ts";
import { isWild, type Path, seek } from "../types/json_path.ts";
import { JsonTrouble, readJson } from "../types/json_read.ts";
import { BIGINT, classOf, isJson, JSON_TYPE, LONGTEXT, varchar } from "../types/sql_type.ts";
import type { Call, FunctionDef, FunctionTable } from "./function_table.ts";
import { lenient } from "./function_table.ts";
import type { Item } from "./item.ts";
import { documentOf, jsonOfItem, pathOf } from "./json_values.ts";

const MANY = Number.POSITIVE_INFINITY;
type Values = readonly Datum[];

/** NULL as any argument gives NULL. */
function onDocuments(
  min: number,
  max: number,
  type: Parameters<typeof lenient>[2],
  prepare: (call: Call) => (values: Values) => Datum,
): FunctionDef {
  return lenient(min, max, type, (call) => {
    const compute = prepare(call);
    return (values) => (values.includes(null) ? null : compute(values));
  });
}

function documentArg(call: Call, at: number): (values: Values) => Json {
  const read = documentOf(call.args[at] as Item, at, call.name);
  return (values) => read(values[at] as Datum);
}

function pathArg(call: Call, at: number, meansOne = false): (values: Values) => Path {
  const item = call.args[at];
  if (item === undefined) return () => [];
  const read = pathOf(item, meansOne);
  return (values) => read(values[at] as Datum);
}

/** Of the document, or of what the path in the next argument leads to. */
function ofPart(type: Parameters<typeof lenient>[2], compute: (part: Json) => Datum): FunctionDef {
  return onDocuments(1, 2, type, (call) => {
    const doc = documentArg(call, 0);
    const path = pathArg(call, 1, true);
    return (values) => {
      const [part] = seek(doc(values), path(values));
      return part === undefined ? null : compute(part);
    };
  });
}

type Changed = (doc: Json, path: Path, given: Json) => Json;
type Placed = (there: Json | undefined, given: Json) => Json | undefined;

/** JSON_SET and its like: pairs of a path and a value. NULL is a value. */
function changing(changed: Changed): FunctionDef {
  return withPairs(
    1,
    lenient(3, MANY, JSON_TYPE, (call) => {
      const doc = documentArg(call, 0);
      const pairs = pairsOf(call, 1, (at) => pathArg(call, at, true));
      return (values) => {
        if (values[0] === null || pairs.some(({ at }) => values[at] === null)) return null;
        let made = doc(values);
        for (const { first: path, second: value } of pairs) {
          made = changed(made, path(values), value(values));
        }
        return jsonText(made);
      };
    }),
  );
}

function placing(placed: Placed): FunctionDef {
  return changing((doc, path, given) => changedAt(doc, path, (there) => placed(there, given)));
}

interface PairOf<T> {
  readonly at: number;
  readonly first: T;
  readonly second: (values: Values) => Json;
}

function pairsOf<T>(call: Call, from: number, first: (at: number) => T): readonly PairOf<T>[] {
  const pairs: PairOf<T>[] = [];
  for (let at = from; at + 1 < call.args.length; at += 2) {
    pairs.push({ at, first: first(at), second: valueArg(call, at + 1) });
  }
  return pairs;
}

function valueArg(call: Call, at: number): (values: Values) => Json {
  const read = jsonOfItem(call.args[at] as Item);
  return (values) => read(values[at] as Datum);
}

/** Throws 1582 where an argument has no partner. */
function withPairs(from: number, def: FunctionDef): FunctionDef {
  return {
    ...def,
    make: (call) => {
      if ((call.args.length - from) % 2 === 1) {
        throw mysqlError("ER_WRONG_PARAMCOUNT_TO_NATIVE_FCT", call.name.toUpperCase());
      }
      return def.make(call);
    },
  };
}

let made: FunctionTable | null = null;

/** Made when one of them is called: in the built site they are loaded then. */
export function jsonFunctions(): FunctionTable {
  made ??= tableOfAll();
  return made;
}

function tableOfAll(): FunctionTable {
  const merging = (merge: (a: Json, b: Json) => Json): FunctionDef =>
    onDocuments(2, MANY, JSON_TYPE, (call) => {
      const read = call.args.map((_, at) => documentArg(call, at));
      return (values) => jsonText(read.map((one) => one(values)).reduce(merge));
    });
  return {
    json_array: lenient(0, MANY, JSON_TYPE, (call) => {
      const read = call.args.map((_, at) => valueArg(call, at));
      return (values) => jsonText(read.map((one) => one(values)));
    }),
    json_object: withPairs(
      0,
      lenient(0, MANY, JSON_TYPE, (call) => {
        const pairs = pairsOf(call, 0, (at) => textOf((call.args[at] as Item).type));
        return (values) =>
          jsonText(
            objectOf(
              pairs.map(({ at, first, second }) => {
                const name = values[at] ?? null;
                if (name === null) throw mysqlError("ER_JSON_DOCUMENT_NULL_KEY");
                return [first(name), second(values)] as const;
              }),
            ),
          );
      }),
    ),
    json_extract: onDocuments(2, MANY, JSON_TYPE, (call) => {
      const doc = documentArg(call, 0);
      const paths = call.args.slice(1).map((_, at) => pathArg(call, at + 1));
      return (values) => {
        const whole = doc(values);
        const read = paths.map((path) => path(values));
        const found = read.flatMap((path) => seek(whole, path));
        if (found.length === 0) return null;
        const isOne = read.length === 1 && !read.some(isWild);
        return jsonText(isOne ? (found[0] as Json) : found);
      };
    }),
    json_unquote: onDocuments(1, 1, LONGTEXT, (call) => {
      const { type } = call.args[0] as Item;
      const asText = textOf(type);
      return ([value]) => {
        const text = asText(value as string);
        if (!isJson(type) && !/^".*"$/s.test(text)) return text;
        const read = documentArg(call, 0)([value ?? null]);
        return typeof read === "string" ? read : text;
      };
    }),
    json_quote: onDocuments(1, 1, LONGTEXT, (call) => {
      const { type } = call.args[0] as Item;
      return ([value]) => {
        if (classOf(type) !== "string") throw mysqlError("ER_INCORRECT_TYPE", "1", call.name);
        return quotedJson(textOf(type)(value as string));
      };
    }),
    json_valid: onDocuments(1, 1, BIGINT, ({ args }) => {
      const { type } = args[0] as Item;
      return ([value]) => {
        if (isJson(type)) return 1;
        if (classOf(type) !== "string") return 0;
        return isDocument(textOf(type)(value as string)) ? 1 : 0;
      };
    }),
    json_type: ofPart(varchar(17, "utf8mb4_bin"), jsonType),
    json_length: ofPart(BIGINT, (part) => {
      if (part instanceof Map) return part.size;
      return isArray(part) ? part.length : 1;
    }),
    json_depth: ofPart(BIGINT, depthOf),
    json_keys: ofPart(JSON_TYPE, (part) =>
      part instanceof Map ? jsonText([...part.keys()]) : null,
    ),
    json_pretty: ofPart(LONGTEXT, (part) => prettyText(part, "")),
    json_contains: onDocuments(2, 3, BIGINT, (call) => {
      const [target, candidate] = [documentArg(call, 0), documentArg(call, 1)];
      const path = pathArg(call, 2, true);
      return (values) => {
        const [part] = seek(target(values), path(values));
        if (part === undefined) return null;
        return holds(part, candidate(values)) ? 1 : 0;
      };
    }),
    json_overlaps: onDocuments(2, 2, BIGINT, (call) => {
      const [a, b] = [documentArg(call, 0), documentArg(call, 1)];
      return (values) => (overlap(a(values), b(values)) ? 1 : 0);
    }),
    json_contains_path: onDocuments(3, MANY, BIGINT, (call) => {
      const doc = documentArg(call, 0);
      const paths = call.args.slice(2).map((_, at) => pathArg(call, at + 2));
      return (values) => {
        const how = String(values[1]).toLowerCase();
        if (how !== "one" && how !== "all") {
          throw mysqlError("ER_JSON_BAD_ONE_OR_ALL_ARG", call.name);
        }
        const whole = doc(values);
        const isThere = (path: (values: Values) => Path) => seek(whole, path(values)).length > 0;
        return (how === "one" ? paths.some(isThere) : paths.every(isThere)) ? 1 : 0;
      };
    }),
    json_set: placing((_, given) => given),
    json_insert: placing((there, given) => (there === undefined ? given : there)),
    json_replace: placing((there, given) => (there === undefined ? undefined : given)),
    json_array_append: placing((there, given) =>
      there === undefined ? undefined : [...listOf(there), given],
    ),
    json_array_insert: changing((doc, path, given) => {
      if (path.at(-1)?.kind !== "cell") throw mysqlError("ER_INVALID_JSON_PATH_ARRAY_CELL");
      return insertedAt(doc, path, given);
    }),
    json_remove: onDocuments(2, MANY, JSON_TYPE, (call) => {
      const doc = documentArg(call, 0);
      const paths = call.args.slice(1).map((_, at) => pathArg(call, at + 1, true));
      return (values) => {
        let made = doc(values);
        for (const path of paths.map((one) => one(values))) {
          if (path.length === 0) throw mysqlError("ER_JSON_VACUOUS_PATH");
          made = changedAt(made, path, () => undefined);
        }
        return jsonText(made);
      };
    }),
    json_merge_patch: merging(patched),
    json_merge_preserve: merging(merged),
  };
}

function isDocument(text: string): boolean {
  try {
    readJson(text);
    return true;
  } catch (error) {
    if (error instanceof JsonTrouble) return false;
    throw error;
  }
}

function depthOf(value: Json): number {
  const parts = value instanceof Map ? [...value.values()] : isArray(value) ? value : [];
  return 1 + parts.reduce<number>((most, part) => Math.max(most, depthOf(part)), 0);
}

function prettyText(value: Json, indent: string): string {
  const inner = `${indent}  `;
  const lines = (parts: readonly string[], open: string, close: string): string =>
    parts.length === 0
      ? `${open}${close}`
      : `${open}\n${parts.map((part) => inner + part).join(",\n")}\n${indent}${close}`;
  if (value instanceof Map) {
    const members = [...value].map(
      ([name, part]) => `${quotedJson(name)}: ${prettyText(part, inner)}`,
    );
    return lines(members, "{", "}");
  }
  if (!isArray(value)) return jsonText(value);
  return lines(
    value.map((part) => prettyText(part, inner)),
    "[",
    "]",
  );
}

/** MySQL: contains_wr. */
function holds(target: Json, candidate: Json): boolean {
  if (target instanceof Map) {
    if (!(candidate instanceof Map)) return false;
    return [...candidate].every(([name, value]) => {
      const there = target.get(name);
      return there !== undefined && holds(there, value);
    });
  }
  if (isArray(target)) {
    const wanted = isArray(candidate) ? candidate : [candidate];
    return wanted.every((one) => target.some((part) => holds(part, one)));
  }
  return compareJson(target, candidate) === 0;
}

function overlap(a: Json, b: Json): boolean {
  if (a instanceof Map && b instanceof Map) {
    return [...a].some(([name, value]) => {
      const other = b.get(name);
      return other !== undefined && compareJson(value, other) === 0;
    });
  }
  if (!isArray(a) && !isArray(b)) return compareJson(a, b) === 0;
  return listOf(a).some((one) => listOf(b).some((other) => compareJson(one, other) === 0));
}
