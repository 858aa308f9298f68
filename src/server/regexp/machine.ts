/**
 * The machine that runs a compiled regular expression: it tries, and comes back to the last choice when it fails. Every
 * choice that is remembered costs one of a limited number of steps, so that no pattern can run for ever.
 *
 * MySQL: ICU's RegexMatcher::MatchAt, StateSave, IncrementTime; regexp_time_limit counts 10,000 steps each.
 * Departure: regexp_stack_limit is not kept; what would overflow the stack is out of time here.
 */
import { unreachable } from "../../base/assert.ts";
import { mysqlError } from "../errors.ts";
import { isLineEnd, isWordChar } from "./char_sets.ts";
import type { Instruction, Program } from "./program.ts";
import { folded } from "./tree.ts";

/** Positions of groups: begin and end of each, -1 where it took no part. */
export type Captures = readonly number[];

export interface Budget {
  steps: number;
}

/** Steps for each unit of regexp_time_limit. ICU: TIMER_INITIAL_VALUE. */
export const STEPS_PER_UNIT = 10_000;

/** The first match that begins at `from` or later. Throws 3699 when the budget is used up. */
export function findFrom(
  program: Program,
  text: string,
  from: number,
  budget: Budget,
): Captures | null {
  const machine = new Machine(program, text, budget);
  for (let start = from; start <= text.length; start += widthAt(text, start)) {
    const found = machine.matchAt(start);
    if (found !== null) return found;
  }
  return null;
}

function widthAt(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}

/** What to come back to. */
type Saved =
  | { readonly kind: "choice"; readonly pc: number; readonly at: number }
  | { readonly kind: "register"; readonly register: number; readonly value: number }
  /** Another turn of a counted loop. */
  | {
      readonly kind: "turn";
      readonly pc: number;
      readonly at: number;
      readonly register: number;
      readonly value: number;
    }
  /** A run that can give back characters down to `least`. */
  | { readonly kind: "run"; readonly pc: number; at: number; readonly least: number };

class Machine {
  private readonly code: readonly Instruction[];
  private readonly text: string;
  private readonly budget: Budget;
  private readonly registers: number[];
  private readonly groups: number;

  constructor(program: Program, text: string, budget: Budget) {
    this.code = program.code;
    this.text = text;
    this.budget = budget;
    this.groups = program.groups;
    this.registers = new Array<number>(program.registers);
  }

  matchAt(start: number): Captures | null {
    this.registers.fill(-1);
    const end = this.run(0, start, null);
    if (end === null) return null;
    return [start, end, ...this.registers.slice(2, 2 * (this.groups + 1))];
  }

  private spend(): void {
    this.budget.steps -= 1;
    if (this.budget.steps < 0) throw mysqlError("ER_REGEXP_TIME_OUT");
  }

  /** From an instruction to the next "end"; the position there, or null. `mustEnd`: only a match up to there counts. */
  private run(from: number, start: number, mustEnd: number | null): number | null {
    const saved: Saved[] = [];
    let pc = from;
    let at = start;
    for (;;) {
      const step = this.step(pc, at, saved);
      if (step === END && (mustEnd === null || mustEnd === at)) return at;
      if (typeof step === "object") {
        pc = step.pc;
        at = step.at;
        continue;
      }
      const resumed = this.comeBack(saved);
      if (resumed === null) return null;
      pc = resumed.pc;
      at = resumed.at;
    }
  }

  private comeBack(saved: Saved[]): Place | null {
    for (let last = saved.pop(); last !== undefined; last = saved.pop()) {
      if (last.kind === "choice") return last;
      if (last.kind === "turn") {
        this.keep(last.register, saved);
        this.registers[last.register] = last.value;
        return last;
      }
      if (last.kind === "register") {
        this.registers[last.register] = last.value;
        continue;
      }
      if (last.at <= last.least) continue;
      this.spend();
      const at = last.at - this.widthBefore(last.at);
      saved.push({ ...last, at });
      return { pc: last.pc, at };
    }
    return null;
  }

  private widthBefore(at: number): number {
    const code = this.text.charCodeAt(at - 1);
    return code >= 0xdc00 && code <= 0xdfff && at > 1 ? 2 : 1;
  }

  private keep(register: number, saved: Saved[]): void {
    saved.push({ kind: "register", register, value: this.registers[register] ?? -1 });
  }

  private step(pc: number, at: number, saved: Saved[]): Place | typeof END | typeof FAIL {
    const instruction = this.code[pc] as Instruction;
    switch (instruction.op) {
      case "text":
        return placed(pc + 1, this.afterText(at, instruction.text, instruction.isFolded));
      case "set": {
        const char = this.charAt(at);
        const isIn = char !== undefined && instruction.test(char);
        return isIn ? { pc: pc + 1, at: at + char.length } : FAIL;
      }
      case "lineBreak":
        return placed(pc + 1, this.afterLineBreak(at));
      case "assert":
        return this.holds(instruction.what, instruction.unixLines, at) ? { pc: pc + 1, at } : FAIL;
      case "backReference":
        return placed(pc + 1, this.afterReference(at, instruction.number, instruction.isFolded));
      case "save":
        this.keep(instruction.register, saved);
        this.registers[instruction.register] = at;
        return { pc: pc + 1, at };
      case "setRegister":
        this.keep(instruction.register, saved);
        this.registers[instruction.register] = instruction.value;
        return { pc: pc + 1, at };
      case "progress":
        // A turn that took nothing ends the loop.
        return { pc: this.registers[instruction.register] === at ? pc + 2 : pc + 1, at };
      case "jump":
        return { pc: instruction.to, at };
      case "split":
        this.spend();
        saved.push({ kind: "choice", pc: instruction.second, at });
        return { pc: instruction.first, at };
      case "turn":
        return this.turn(instruction, at, saved);
      case "run":
        return this.runOf(instruction, pc, at, saved);
      case "atomic":
        return this.inside(pc, instruction.next, at, saved);
      case "look":
        return this.look(instruction, pc, at, saved);
      case "end":
        return END;
      default:
        return unreachable(instruction);
    }
  }

  private charAt(at: number): string | undefined {
    const code = this.text.codePointAt(at);
    return code === undefined ? undefined : String.fromCodePoint(code);
  }

  private afterText(at: number, wanted: string, isFolded: boolean): number | null {
    const { text } = this;
    if (!isFolded) return text.startsWith(wanted, at) ? at + wanted.length : null;
    let taken = "";
    let end = at;
    while (taken.length < wanted.length) {
      const char = this.charAt(end);
      if (char === undefined) return null;
      taken += folded(char);
      end += char.length;
      if (!wanted.startsWith(taken)) return null;
    }
    return end;
  }

  private afterLineBreak(at: number): number | null {
    if (this.text.startsWith("\r\n", at)) return at + 2;
    return isLineEnd(this.charAt(at), false) ? at + 1 : null;
  }

  /** A group that took no part matches nothing. */
  private afterReference(at: number, number: number, isFolded: boolean): number | null {
    const [start = -1, end = -1] = [this.registers[2 * number], this.registers[2 * number + 1]];
    if (start < 0 || end < 0) return null;
    const wanted = this.text.slice(start, end);
    return this.afterText(at, isFolded ? folded(wanted) : wanted, isFolded);
  }

  private holds(
    what: Extract<Instruction, { op: "assert" }>["what"],
    unixLines: boolean,
    at: number,
  ): boolean {
    const { text } = this;
    switch (what) {
      case "inputStart":
        return at === 0;
      case "inputEnd":
        return at === text.length;
      case "inputEndOrTerminator":
        return this.isBeforeEnd(at, unixLines);
      case "lineStart":
        return (
          at === 0 ||
          (at < text.length &&
            isLineEnd(text[at - 1], unixLines) &&
            !(text[at - 1] === "\r" && text[at] === "\n"))
        );
      case "lineEnd":
        return (
          at === text.length ||
          (isLineEnd(text[at], unixLines) && !(text[at - 1] === "\r" && text[at] === "\n"))
        );
      case "wordBoundary":
      case "notWordBoundary": {
        const before = at === 0 ? undefined : this.charAt(at - this.widthBefore(at));
        const isBoundary = isWordChar(before) !== isWordChar(this.charAt(at));
        return isBoundary === (what === "wordBoundary");
      }
    }
  }

  /** At the end, or before the line end that is the last thing. */
  private isBeforeEnd(at: number, unixLines: boolean): boolean {
    const rest = this.text.length - at;
    if (rest === 0) return true;
    if (rest === 2 && !unixLines) return this.text.startsWith("\r\n", at);
    const isSplit = this.text[at - 1] === "\r" && this.text[at] === "\n" && !unixLines;
    return rest === 1 && isLineEnd(this.text[at], unixLines) && !isSplit;
  }

  private turn(
    { register, min, max, isLazy, body, exit }: Extract<Instruction, { op: "turn" }>,
    at: number,
    saved: Saved[],
  ): Place {
    const count = this.registers[register] ?? 0;
    if (count >= max) return { pc: exit, at };
    if (count >= min) {
      this.spend();
      if (isLazy) {
        saved.push({ kind: "turn", pc: body, at, register, value: count + 1 });
        return { pc: exit, at };
      }
      saved.push({ kind: "choice", pc: exit, at });
    }
    this.keep(register, saved);
    this.registers[register] = count + 1;
    return { pc: body, at };
  }

  private runOf(
    { test, min, max }: Extract<Instruction, { op: "run" }>,
    pc: number,
    at: number,
    saved: Saved[],
  ): Place | typeof FAIL {
    let end = at;
    let least = at;
    let count = 0;
    while (count < max) {
      const char = this.charAt(end);
      if (char === undefined || !test(char)) break;
      end += char.length;
      count += 1;
      if (count === min) least = end;
    }
    if (count < min) return FAIL;
    if (end > least) {
      this.spend();
      saved.push({ kind: "run", pc: pc + 1, at: end, least });
    }
    return { pc: pc + 1, at: end };
  }

  private inside(pc: number, next: number, at: number, saved: Saved[]): Place | typeof FAIL {
    const before = [...this.registers];
    const end = this.run(pc + 1, at, null);
    if (end === null) return FAIL;
    this.keepChanges(before, saved);
    return { pc: next, at: end };
  }

  private keepChanges(before: readonly number[], saved: Saved[]): void {
    for (const [register, value] of before.entries()) {
      if (this.registers[register] !== value) saved.push({ kind: "register", register, value });
    }
  }

  private look(
    { isBehind, isNegative, least, most, next }: Extract<Instruction, { op: "look" }>,
    pc: number,
    at: number,
    saved: Saved[],
  ): Place | typeof FAIL {
    const before = [...this.registers];
    let isFound = false;
    for (let back = least; back <= most && back <= at && !isFound; back += 1) {
      isFound = this.run(pc + 1, at - back, isBehind ? at : null) !== null;
    }
    if (isFound === isNegative) {
      for (const [register, value] of before.entries()) this.registers[register] = value;
      return FAIL;
    }
    if (isNegative)
      for (const [register, value] of before.entries()) this.registers[register] = value;
    else this.keepChanges(before, saved);
    return { pc: next, at };
  }
}

interface Place {
  readonly pc: number;
  readonly at: number;
}

const END = 1;
const FAIL = 0;

function placed(pc: number, at: number | null): Place | typeof FAIL {
  return at === null ? FAIL : { pc, at };
}
