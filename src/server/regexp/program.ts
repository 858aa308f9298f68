/**
 * A tree compiled to instructions for a backtracking machine.
 *
 *     a(b|c)*      text "a" · mark r · split → exit · save 2 · split · text "b" · jump · text "c" · save 3 · progress r · jump back
 *
 * MySQL: ICU's RegexCompile makes the same kind of program.
 */
import { maxOf, minOf } from "../../base/lists.ts";
import { mysqlError } from "../errors.ts";
import type { Assertion, CharTest, Node, Pattern } from "./tree.ts";
import { folded } from "./tree.ts";

export type Instruction =
  | { readonly op: "text"; readonly text: string; readonly isFolded: boolean }
  | { readonly op: "set"; readonly test: CharTest }
  | { readonly op: "lineBreak" }
  | { readonly op: "assert"; readonly what: Assertion; readonly unixLines: boolean }
  | { readonly op: "backReference"; readonly number: number; readonly isFolded: boolean }
  /** Remembers the position in a register: ends of groups, and beginnings of a loop's turns. */
  | { readonly op: "save"; readonly register: number }
  /** Fails a turn of a loop that took no character. */
  | { readonly op: "progress"; readonly register: number }
  | { readonly op: "jump"; to: number }
  /** Goes on at `first`; comes back to `second`. */
  | { readonly op: "split"; first: number; second: number }
  | { readonly op: "setRegister"; readonly register: number; readonly value: number }
  /** One more turn, or out, as the count of turns says. */
  | {
      readonly op: "turn";
      readonly register: number;
      readonly min: number;
      readonly max: number;
      readonly isLazy: boolean;
      body: number;
      exit: number;
    }
  /** As many characters of a set as there are, giving back one by one. */
  | { readonly op: "run"; readonly test: CharTest; readonly min: number; readonly max: number }
  /** What follows up to its "end" is matched once and for all. */
  | { readonly op: "atomic"; next: number }
  | {
      readonly op: "look";
      readonly isBehind: boolean;
      readonly isNegative: boolean;
      readonly least: number;
      readonly most: number;
      next: number;
    }
  | { readonly op: "end" };

export interface Program {
  readonly code: readonly Instruction[];
  readonly registers: number;
  readonly groups: number;
  readonly names: ReadonlyMap<string, number>;
}

export function compile(pattern: Pattern): Program {
  const compiler = new Compiler(2 * (pattern.groups + 1));
  compiler.emit(pattern.node);
  compiler.code.push({ op: "end" });
  return {
    code: compiler.code,
    registers: compiler.registers,
    groups: pattern.groups,
    names: pattern.names,
  };
}

/** A count in braces up to this is written out; more uses a counter. */
const COPIES_MAX = 4;

class Compiler {
  readonly code: Instruction[] = [];
  registers: number;

  constructor(registers: number) {
    this.registers = registers;
  }

  emit(node: Node): void {
    switch (node.kind) {
      case "text": {
        const { isFolded } = node;
        this.code.push({ op: "text", text: isFolded ? folded(node.text) : node.text, isFolded });
        return;
      }
      case "set":
        this.code.push({ op: "set", test: node.test });
        return;
      case "lineBreak":
        this.code.push({ op: "lineBreak" });
        return;
      case "assert":
        this.code.push({ op: "assert", what: node.what, unixLines: node.unixLines });
        return;
      case "backReference":
        this.code.push({ op: "backReference", number: node.number, isFolded: node.isFolded });
        return;
      case "sequence":
        for (const one of node.nodes) this.emit(one);
        return;
      case "choice":
        this.emitChoice(node.branches);
        return;
      case "group":
        this.code.push({ op: "save", register: 2 * node.number });
        this.emit(node.node);
        this.code.push({ op: "save", register: 2 * node.number + 1 });
        return;
      case "repeat":
        this.emitRepeat(node);
        return;
      case "atomic":
        this.emitAtomic(() => this.emit(node.node));
        return;
      case "look":
        this.emitLook(node);
    }
  }

  private emitChoice(branches: readonly Node[]): void {
    const jumps: { to: number }[] = [];
    for (const [at, branch] of branches.entries()) {
      if (at === branches.length - 1) {
        this.emit(branch);
        break;
      }
      const split = { op: "split" as const, first: this.code.length + 1, second: 0 };
      this.code.push(split);
      this.emit(branch);
      const jump = { op: "jump" as const, to: 0 };
      this.code.push(jump);
      jumps.push(jump);
      split.second = this.code.length;
    }
    for (const jump of jumps) jump.to = this.code.length;
  }

  private emitRepeat(node: Extract<Node, { kind: "repeat" }>): void {
    if (node.quantity === "possessive") {
      this.emitAtomic(() => this.emitRepeat({ ...node, quantity: "greedy" }));
      return;
    }
    const { min, max } = node;
    const isLazy = node.quantity === "lazy";
    if (node.node.kind === "set" && !isLazy) {
      this.code.push({ op: "run", test: node.node.test, min, max });
      return;
    }
    const isCounted = min > COPIES_MAX || (max !== Number.POSITIVE_INFINITY && max > COPIES_MAX);
    if (isCounted) {
      this.emitCounted(node.node, min, max, isLazy);
      return;
    }
    for (let turn = 0; turn < min; turn += 1) this.emit(node.node);
    if (max === Number.POSITIVE_INFINITY) this.emitLoop(node.node, isLazy);
    else this.emitOptional(node.node, max - min, isLazy);
  }

  private emitLoop(node: Node, isLazy: boolean): void {
    const register = this.registers++;
    const start = this.code.length;
    const split = { op: "split" as const, first: start + 1, second: start + 1 };
    this.code.push(split);
    this.code.push({ op: "save", register });
    this.emit(node);
    this.code.push({ op: "progress", register });
    this.code.push({ op: "jump", to: start });
    if (isLazy) split.first = this.code.length;
    else split.second = this.code.length;
  }

  private emitOptional(node: Node, times: number, isLazy: boolean): void {
    const splits: { first: number; second: number }[] = [];
    for (let turn = 0; turn < times; turn += 1) {
      const here = this.code.length + 1;
      const split = { op: "split" as const, first: here, second: here };
      this.code.push(split);
      splits.push(split);
      this.emit(node);
    }
    for (const split of splits) {
      if (isLazy) split.first = this.code.length;
      else split.second = this.code.length;
    }
  }

  private emitCounted(node: Node, min: number, max: number, isLazy: boolean): void {
    const register = this.registers++;
    const position = this.registers++;
    this.code.push({ op: "setRegister", register, value: 0 });
    const start = this.code.length;
    const turn = {
      op: "turn" as const,
      register,
      min,
      max,
      isLazy,
      body: start + 1,
      exit: 0,
    };
    this.code.push(turn);
    this.code.push({ op: "save", register: position });
    this.emit(node);
    if (max === Number.POSITIVE_INFINITY) this.code.push({ op: "progress", register: position });
    this.code.push({ op: "jump", to: start });
    turn.exit = this.code.length;
  }

  private emitAtomic(inside: () => void): void {
    const atomic = { op: "atomic" as const, next: 0 };
    this.code.push(atomic);
    inside();
    this.code.push({ op: "end" });
    atomic.next = this.code.length;
  }

  private emitLook(node: Extract<Node, { kind: "look" }>): void {
    const { isBehind, isNegative } = node;
    const [least, most] = isBehind ? widthOf(node.node) : [0, 0];
    if (most === Number.POSITIVE_INFINITY) throw mysqlError("ER_REGEXP_LOOK_BEHIND_LIMIT");
    const look = { op: "look" as const, isBehind, isNegative, least, most, next: 0 };
    this.code.push(look);
    this.emit(node.node);
    this.code.push({ op: "end" });
    look.next = this.code.length;
  }
}

/** UTF-16 units that it may take, at least and at most. */
function widthOf(node: Node): readonly [least: number, most: number] {
  switch (node.kind) {
    case "text":
      return [node.text.length, node.isFolded ? node.text.length * 3 : node.text.length];
    case "set":
    case "lineBreak":
      return [1, 2];
    case "assert":
    case "look":
      return [0, 0];
    case "sequence":
      return node.nodes.map(widthOf).reduce(([a, b], [c, d]) => [a + c, b + d], [0, 0]);
    case "choice": {
      const widths = node.branches.map(widthOf);
      return [minOf(widths.map(([a]) => a)), maxOf(widths.map(([, b]) => b))];
    }
    case "group":
    case "atomic":
      return widthOf(node.node);
    case "repeat": {
      const [least, most] = widthOf(node.node);
      return [least * node.min, most === 0 ? 0 : most * node.max];
    }
    case "backReference":
      return [0, Number.POSITIVE_INFINITY];
  }
}
