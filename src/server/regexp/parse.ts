/**
 * A regular expression's text to its tree, with MySQL's errors for what is wrong with it.
 *
 * MySQL: ICU's RegexCompile; sql/regexp/errors.cc turns its error codes into MySQL's.
 * Departure: \N{name} and \X are not known (3689).
 */
import { mysqlError } from "../errors.ts";
import { escapedSet, isLineEnd, namedSet, withoutCase } from "./char_sets.ts";
import { escapedCharacter } from "./escapes.ts";
import { bracketSet } from "./parse_set.ts";
import { Reader } from "./reader.ts";
import type { Flags, Node, Pattern, Quantity } from "./tree.ts";

export function parsePattern(source: string, flags: Flags): Pattern {
  const parser = new Parser(source, flags);
  return parser.pattern();
}

/** A number in braces may have so many. ICU: U_REGEX_NUMBER_TOO_BIG. */
const COUNT_MAX = 0x7fffffff;
const META = new Set([..."*+?{}()|[]^$.\\"]);

class Parser {
  private readonly reader: Reader;
  private flags: Flags;
  private groups = 0;
  private open = 0;
  private isExtended = false;
  private readonly names = new Map<string, number>();

  constructor(source: string, flags: Flags) {
    this.reader = new Reader(source);
    this.flags = flags;
  }

  pattern(): Pattern {
    const node = this.choice();
    if (!this.reader.atEnd) throw mysqlError("ER_REGEXP_MISMATCHED_PAREN");
    return { node, groups: this.groups, names: this.names };
  }

  private choice(): Node {
    const branches = [this.sequence()];
    while (this.reader.accept("|")) branches.push(this.sequence());
    return branches.length === 1 ? (branches[0] as Node) : { kind: "choice", branches };
  }

  private sequence(): Node {
    const nodes: Node[] = [];
    const { reader } = this;
    for (;;) {
      this.skipComments();
      if (reader.atEnd || reader.at("|") || reader.at(")")) break;
      const node = this.atom();
      if (node === null) continue;
      const repeated = this.quantified(node);
      const last = nodes.at(-1);
      const isJoined =
        repeated === node && node.kind === "text" && last?.kind === "text" && !this.wasQuantified;
      if (isJoined && last.isFolded === node.isFolded) {
        nodes[nodes.length - 1] = { ...node, text: last.text + node.text };
      } else nodes.push(repeated);
      this.wasQuantified = repeated !== node;
    }
    this.wasQuantified = false;
    return nodes.length === 1 ? (nodes[0] as Node) : { kind: "sequence", nodes };
  }

  private wasQuantified = false;

  private skipComments(): void {
    if (!this.isExtended) return;
    while (this.reader.skipMatch(/^(?:\s+|#[^\n]*)/u)) {
      // Blanks and comments mean nothing under (?x).
    }
  }

  /** Null for what stands for nothing, as (?i). */
  private atom(): Node | null {
    const { reader } = this;
    const char = reader.peek() as string;
    switch (char) {
      case "(":
        reader.next();
        return this.group();
      case "[":
        reader.next();
        return { kind: "set", test: bracketSet(reader, this.flags.ignoreCase) };
      case ".":
        reader.next();
        return { kind: "set", test: this.point() };
      case "^":
        reader.next();
        return this.assertion(this.flags.multiLine ? "lineStart" : "inputStart");
      case "$":
        reader.next();
        return this.assertion(this.flags.multiLine ? "lineEnd" : "inputEndOrTerminator");
      case "\\":
        reader.next();
        return this.escape();
      case "*":
      case "+":
      case "?":
      case "{":
        throw reader.syntaxError();
      default:
        if (META.has(char) && char !== "]" && char !== "}") throw reader.syntaxError();
        reader.next();
        return this.literal(char);
    }
  }

  private literal(text: string): Node {
    return { kind: "text", text, isFolded: this.flags.ignoreCase };
  }

  private set(test: (char: string) => boolean): Node {
    return { kind: "set", test: this.flags.ignoreCase ? withoutCase(test) : test };
  }

  private point(): (char: string) => boolean {
    const { dotAll, unixLines } = this.flags;
    return dotAll ? () => true : (char) => !isLineEnd(char, unixLines);
  }

  private assertion(what: Extract<Node, { kind: "assert" }>["what"]): Node {
    return { kind: "assert", what, unixLines: this.flags.unixLines };
  }

  private group(): Node | null {
    const { reader } = this;
    this.open += 1;
    if (!reader.accept("?")) {
      this.groups += 1;
      return this.captured(this.groups);
    }
    if (reader.accept(":")) return this.closed();
    if (reader.accept(">")) return { kind: "atomic", node: this.closed() };
    if (reader.accept("=")) return this.look(false, false);
    if (reader.accept("!")) return this.look(false, true);
    if (reader.accept("#")) {
      if (!reader.skipMatch(/^[^)]*\)/u)) throw mysqlError("ER_REGEXP_MISMATCHED_PAREN");
      return null;
    }
    if (reader.accept("<=")) return this.look(true, false);
    if (reader.accept("<!")) return this.look(true, true);
    if (reader.accept("<")) return this.namedGroup();
    return this.flagGroup();
  }

  private captured(number: number): Node {
    return { kind: "group", number, node: this.closed() };
  }

  private namedGroup(): Node {
    const name = this.reader.match(/^[A-Za-z][A-Za-z0-9]*>/u)?.slice(0, -1);
    if (name === undefined || this.names.has(name)) {
      throw mysqlError("ER_REGEXP_INVALID_CAPTURE_GROUP_NAME");
    }
    this.groups += 1;
    this.names.set(name, this.groups);
    return this.captured(this.groups);
  }

  private look(isBehind: boolean, isNegative: boolean): Node {
    return { kind: "look", node: this.closed(), isBehind, isNegative };
  }

  /** What is in the parenthesis; flags that are set within are forgotten after it. */
  private closed(): Node {
    const { flags, isExtended } = this;
    const node = this.choice();
    if (!this.reader.accept(")")) throw mysqlError("ER_REGEXP_MISMATCHED_PAREN");
    this.flags = flags;
    this.isExtended = isExtended;
    return node;
  }

  /** (?i) for the rest of the group, (?i:...) for its own contents. */
  private flagGroup(): Node | null {
    const { reader } = this;
    const before = { flags: this.flags, isExtended: this.isExtended };
    let isOn = true;
    for (;;) {
      const char = reader.peek();
      if (char === undefined) throw mysqlError("ER_REGEXP_MISMATCHED_PAREN");
      if (char === "-") isOn = false;
      else if (char === ")" || char === ":") break;
      else if (!this.setFlag(char, isOn)) throw reader.syntaxError();
      reader.next();
    }
    if (reader.accept(")")) return null;
    reader.next();
    const node = this.choice();
    if (!reader.accept(")")) throw mysqlError("ER_REGEXP_MISMATCHED_PAREN");
    this.flags = before.flags;
    this.isExtended = before.isExtended;
    return node;
  }

  private setFlag(char: string, isOn: boolean): boolean {
    switch (char) {
      case "i":
        this.flags = { ...this.flags, ignoreCase: isOn };
        return true;
      case "m":
        this.flags = { ...this.flags, multiLine: isOn };
        return true;
      case "s":
        this.flags = { ...this.flags, dotAll: isOn };
        return true;
      case "d":
        this.flags = { ...this.flags, unixLines: isOn };
        return true;
      case "x":
        this.isExtended = isOn;
        return true;
      default:
        return char === "w";
    }
  }

  private escape(): Node | null {
    const { reader } = this;
    const char = reader.peek();
    if (char === undefined) throw mysqlError("ER_REGEXP_BAD_ESCAPE_SEQUENCE");
    const asserted = ASSERTIONS[char];
    if (asserted !== undefined) {
      reader.next();
      return this.assertion(asserted);
    }
    if (/[1-9]/.test(char)) return this.backReference();
    switch (char) {
      case "k":
        return this.namedReference();
      case "Q": {
        reader.next();
        const quoted = reader.match(/^.*?(?:\\E|$)/su) ?? "";
        const text = quoted.replace(/\\E$/u, "");
        return text === "" ? null : this.literal(text);
      }
      case "R":
        reader.next();
        return { kind: "lineBreak" };
      case "p":
      case "P": {
        reader.next();
        return this.set(namedSet(reader.propertyName(), char === "P"));
      }
      default: {
        const test = escapedSet(char);
        if (test === null) return this.literal(escapedCharacter(reader));
        reader.next();
        return { kind: "set", test };
      }
    }
  }

  /** As many digits as there are groups for. */
  private backReference(): Node {
    const { reader } = this;
    let number = Number(reader.next());
    if (number > this.groups) throw mysqlError("ER_REGEXP_INVALID_BACK_REF");
    for (;;) {
      const next = reader.peek();
      if (next === undefined || !/\d/.test(next)) break;
      if (number * 10 + Number(next) > this.groups) break;
      number = number * 10 + Number(next);
      reader.next();
    }
    return { kind: "backReference", number, isFolded: this.flags.ignoreCase };
  }

  private namedReference(): Node {
    const name = this.reader.match(/^k<[A-Za-z][A-Za-z0-9]*>/u)?.slice(2, -1);
    const number = name === undefined ? undefined : this.names.get(name);
    if (number === undefined) throw mysqlError("ER_REGEXP_INVALID_CAPTURE_GROUP_NAME");
    return { kind: "backReference", number, isFolded: this.flags.ignoreCase };
  }

  private quantified(node: Node): Node {
    this.skipComments();
    const range = this.range();
    if (range === null) return node;
    const quantity: Quantity = this.reader.accept("?")
      ? "lazy"
      : this.reader.accept("+")
        ? "possessive"
        : "greedy";
    return { kind: "repeat", node, ...range, quantity };
  }

  private range(): { readonly min: number; readonly max: number } | null {
    const { reader } = this;
    if (reader.accept("*")) return { min: 0, max: Number.POSITIVE_INFINITY };
    if (reader.accept("+")) return { min: 1, max: Number.POSITIVE_INFINITY };
    if (reader.accept("?")) return { min: 0, max: 1 };
    if (!reader.accept("{")) return null;
    const text = reader.match(/^\d+(?:,\d*)?\}/u);
    if (text === null) throw mysqlError("ER_REGEXP_BAD_INTERVAL");
    const [least = "0", most] = text.slice(0, -1).split(",");
    const min = Number(least);
    const max = most === undefined ? min : most === "" ? Number.POSITIVE_INFINITY : Number(most);
    if (min > COUNT_MAX || (max !== Number.POSITIVE_INFINITY && max > COUNT_MAX)) {
      throw mysqlError("ER_REGEXP_NUMBER_TOO_BIG");
    }
    if (max < min) throw mysqlError("ER_REGEXP_MAX_LT_MIN");
    return { min, max };
  }
}

const ASSERTIONS: Readonly<Record<string, Extract<Node, { kind: "assert" }>["what"]>> = {
  A: "inputStart",
  Z: "inputEndOrTerminator",
  z: "inputEnd",
  b: "wordBoundary",
  B: "notWordBoundary",
};
