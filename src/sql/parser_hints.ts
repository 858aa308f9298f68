/**
 * The text of an optimizer hint comment as a list of hints.
 *
 * MySQL: Hint_scanner (sql/sql_lex_hints.cc), sql_hints.yy.
 */
import {
  type HintedTable,
  type HintList,
  KEY_HINTS,
  type OptimizerHint,
  ORDER_HINTS,
  SEMIJOIN_STRATEGIES,
  SUBQUERY_STRATEGIES,
  TABLE_HINTS,
} from "./ast_hints.ts";
import { isSpace } from "./characters.ts";
import type { Cursor } from "./cursor.ts";

const NEAR_MAX = 80;

/** `at`: where the comment begins in the statement's text. */
function readHints(text: string, at: number): HintList {
  const scanner = new HintScanner(text, at + 3);
  const hints: OptimizerHint[] = [];
  try {
    do hints.push(hint(scanner));
    while (scanner.type !== "close");
  } catch (error) {
    if (!(error instanceof HintFailure)) throw error;
    return { hints, complaint: scanner.complaint() };
  }
  return { hints, complaint: null };
}

/** The comment right behind the word read last, if there is one. */
export function hintsBehind(cursor: Cursor): HintList | null {
  const { text, end } = cursor;
  // There is no room for one.
  if (cursor.start - end < 5) return null;
  let at = end;
  while (isSpace(text.charCodeAt(at))) at += 1;
  if (!text.startsWith("/*+", at)) return null;
  cursor.facts.hints += 1;
  return readHints(text, at);
}

class HintFailure extends Error {}

type TokenType = "word" | "name" | "text" | "number" | "fraction" | "block" | "symbol" | "close";

const WORDS: ReadonlySet<string> = new Set([
  ...[...KEY_HINTS, ...TABLE_HINTS, ...ORDER_HINTS, "JOIN_FIXED_ORDER", "SEMIJOIN", "SUBQUERY"],
  ...[...SEMIJOIN_STRATEGIES, ...SUBQUERY_STRATEGIES, "MAX_EXECUTION_TIME", "QB_NAME"],
  ...["SET_VAR", "RESOURCE_GROUP", "NO_SEMIJOIN"],
  ...[...KEY_HINTS, ...TABLE_HINTS].flatMap((name) =>
    name.startsWith("NO_") ? [] : [`NO_${name}`],
  ),
]);

class HintScanner {
  type: TokenType = "symbol";
  value = "";
  start: number;
  end: number;
  readonly #text: string;
  /** Behind the comment, once its end was seen; before, all of the text may belong to it. */
  #closed: number;

  constructor(text: string, at: number) {
    this.#text = text;
    this.start = at;
    this.end = at;
    this.#closed = text.length;
    this.next();
  }

  complaint(): string {
    const near = this.#text.slice(this.start, this.#closed).slice(0, NEAR_MAX);
    const line = this.#text.slice(0, this.start).split("\n").length;
    return `Optimizer hint syntax error near '${near}' at line ${line}`;
  }

  fail(): never {
    throw new HintFailure();
  }

  next(): void {
    const before = this.type;
    const beforeValue = this.value;
    const from = this.end;
    const rest = this.#text.slice(from);
    const blanks = /^\s*/.exec(rest)?.[0].length ?? 0;
    this.start = from + blanks;
    const here = rest.slice(blanks);
    const take = (type: TokenType, value: string, length: number): void => {
      this.type = type;
      this.value = value;
      this.end = this.start + length;
    };
    if (here.startsWith("*/")) {
      take("close", "*/", 2);
      this.#closed = this.end;
      return;
    }
    const isBehindName = before === "name" && blanks === 0;
    const block = /^@(?:([\w$\u0080-\uffff]+)|`((?:[^`]|``)*)`)/.exec(here);
    if (block !== null && ((before === "symbol" && beforeValue === "(") || isBehindName)) {
      take("block", block[1] ?? unquoted(block[2] ?? "", "`"), block[0].length);
      return;
    }
    const quoted = /^(?:`((?:[^`]|``)*)`|'((?:[^']|'')*)'|"((?:[^"]|"")*)")/.exec(here);
    if (quoted !== null) {
      const [whole, name, single, double] = quoted;
      if (name !== undefined) take("name", unquoted(name, "`"), whole.length);
      else if (single !== undefined) take("text", unquoted(single, "'"), whole.length);
      else take("text", unquoted(double ?? "", '"'), whole.length);
      return;
    }
    const fraction = /^(?:\d+\.\d*|\.\d+)/.exec(here)?.[0];
    if (fraction !== undefined) {
      take("fraction", fraction, fraction.length);
      return;
    }
    const word = /^[\w$\u0080-\uffff]+/.exec(here)?.[0];
    if (word === undefined) {
      take("symbol", here.slice(0, 1), Math.min(1, here.length));
      return;
    }
    if (/^\d+$/.test(word)) take("number", word, word.length);
    else take(WORDS.has(word.toUpperCase()) ? "word" : "name", word, word.length);
  }

  at(symbol: string): boolean {
    return this.type === "symbol" && this.value === symbol;
  }

  accept(symbol: string): boolean {
    if (!this.at(symbol)) return false;
    this.next();
    return true;
  }

  expect(symbol: string): void {
    if (!this.accept(symbol)) this.fail();
  }

  take(...types: readonly TokenType[]): string {
    if (!types.includes(this.type)) this.fail();
    const { value } = this;
    this.next();
    return value;
  }

  block(): string | null {
    return this.type === "block" ? this.take("block") : null;
  }

  /** One of these words, in any case. */
  word<Word extends string>(words: readonly Word[]): Word | null {
    const found =
      this.type === "word" ? words.find((word) => word === this.value.toUpperCase()) : undefined;
    if (found === undefined) return null;
    this.next();
    return found;
  }
}

function unquoted(text: string, quote: string): string {
  return text.replaceAll(quote + quote, quote);
}

function hint(scanner: HintScanner): OptimizerHint {
  const written = scanner.type === "word" ? scanner.value.toUpperCase() : scanner.fail();
  const isOn = !written.startsWith("NO_") || written === "NO_RANGE_OPTIMIZATION";
  const name = isOn ? written : written.slice(3);
  const ofKeys = KEY_HINTS.find((one) => one === name);
  const ofTables = TABLE_HINTS.find((one) => one === name);
  const ofOrder = ORDER_HINTS.find((one) => one === name);
  const isKnown = ofKeys !== undefined || ofTables !== undefined || ofOrder !== undefined;
  // Index conditions may only be forbidden.
  if ((!isKnown && !OTHERS.has(name)) || written === "ICP") scanner.fail();
  scanner.next();
  scanner.expect("(");
  let found: OptimizerHint;
  if (ofKeys !== undefined) {
    const block = scanner.block();
    const table = block === null ? tableOf(scanner) : { name: scanner.take("name"), block };
    const keys = scanner.at(")") ? [] : listOf(scanner, () => scanner.take("name"));
    found = { kind: "keys", name: ofKeys, isOn, table, keys };
  } else if (ofTables !== undefined) {
    const block = scanner.block();
    found = { kind: "tables", name: ofTables, isOn, block, tables: tablesOf(scanner, block) };
  } else if (ofOrder !== undefined) {
    const block = scanner.block();
    found = { kind: "order", name: ofOrder, block, tables: tablesOf(scanner, block) };
  } else found = other(scanner, name, isOn);
  scanner.expect(")");
  return found;
}

const OTHERS: ReadonlySet<string> = new Set([
  "JOIN_FIXED_ORDER",
  "SEMIJOIN",
  "SUBQUERY",
  "QB_NAME",
  "MAX_EXECUTION_TIME",
  "SET_VAR",
  "RESOURCE_GROUP",
]);

function other(scanner: HintScanner, name: string, isOn: boolean): OptimizerHint {
  switch (name) {
    case "JOIN_FIXED_ORDER":
      return { kind: "fixedOrder", block: scanner.block() };
    case "SEMIJOIN": {
      const block = scanner.block();
      const strategy = () => scanner.word(SEMIJOIN_STRATEGIES) ?? scanner.fail();
      const strategies = scanner.at(")") ? [] : listOf(scanner, strategy);
      return { kind: "semijoin", isOn, block, strategies };
    }
    case "SUBQUERY": {
      const block = scanner.block();
      const strategy = scanner.word(SUBQUERY_STRATEGIES) ?? scanner.fail();
      return { kind: "subquery", block, strategy };
    }
    case "QB_NAME":
      return { kind: "blockName", name: scanner.take("name") };
    case "RESOURCE_GROUP":
      return { kind: "resourceGroup", name: scanner.take("name") };
    case "MAX_EXECUTION_TIME":
      return { kind: "timeLimit", ms: Number(scanner.take("number")) };
    default: {
      const variable = scanner.word(["MAX_EXECUTION_TIME"]) ?? scanner.take("name");
      scanner.expect("=");
      const scaled = /^(\d+)([KMG])$/i.exec(scanner.value);
      const isNumber = scanner.type === "number" || scanner.type === "fraction";
      const text = scanner.take("number", "fraction", "name", "text");
      if (scaled === null) return { kind: "setVariable", name: variable, value: text, isNumber };
      const power = 1 + "KMG".indexOf((scaled[2] ?? "").toUpperCase());
      const value = String(Number(scaled[1]) * 1024 ** power);
      return { kind: "setVariable", name: variable, value, isNumber: true };
    }
  }
}

function tableOf(scanner: HintScanner): HintedTable {
  return { name: scanner.take("name"), block: scanner.block() };
}

/** Behind a block's name the tables have none of their own. */
function tablesOf(scanner: HintScanner, block: string | null): readonly HintedTable[] {
  if (scanner.at(")")) return [];
  return listOf(scanner, () =>
    block === null ? tableOf(scanner) : { name: scanner.take("name"), block: null },
  );
}

function listOf<Part>(scanner: HintScanner, part: () => Part): readonly Part[] {
  const parts = [part()];
  while (scanner.accept(",")) parts.push(part());
  return parts;
}
