/**
 * The literals of a statement whose resolved form is kept: each time it runs they are given other values.
 *
 *     bind        WHERE id = 17     the item of 17 reads its place here
 *     run again   WHERE id = 42     42 is put into the place
 *
 * That is good only as long as nothing was decided by a value while names were resolved. Whoever looks at one then makes
 * the statement one that cannot be kept; whoever only asks a question about them (`ask`) ties it to the answer.
 *
 * MySQL: Item_param, and Query_arena of a prepared statement.
 */
import type { Datum } from "../../innodb/api.ts";
import type { IntegerLiteral, StringLiteral } from "../../sql/ast_expression.ts";
import { BIGINT, varchar } from "../types/sql_type.ts";
import type { Item } from "./item.ts";

export type GivenNode = IntegerLiteral | StringLiteral;

interface Question {
  readonly ask: () => boolean;
  readonly answer: boolean;
}

export class GivenLiterals {
  readonly #nodes: readonly GivenNode[];
  #values: readonly Datum[];
  readonly #questions: Question[] = [];
  #isBinding = true;
  #wasLookedAt = false;

  /** `values`: those of this time, in the order of `nodes`. */
  constructor(nodes: readonly GivenNode[], values: readonly Datum[]) {
    this.#nodes = nodes;
    this.#values = values;
  }

  /** Names are resolved; false when the outcome depends on the values. */
  endBinding(): boolean {
    this.#isBinding = false;
    return !this.#wasLookedAt;
  }

  /** Puts other values into their places; false when a question would be answered otherwise. */
  give(values: readonly Datum[]): boolean {
    this.#values = values;
    return this.#questions.every(({ ask, answer }) => ask() === answer);
  }

  /** A question about the values that binding may ask: while its answer stays, so does what was resolved. */
  ask(question: () => boolean): boolean {
    if (!this.#isBinding) return question();
    this.#isBinding = false;
    const answer = question();
    this.#isBinding = true;
    this.#questions.push({ ask: question, answer });
    return answer;
  }

  /** A value was taken over into something that lasts. */
  noteLook(): void {
    if (this.#isBinding) this.#wasLookedAt = true;
  }

  /** The literal's item; null for one that is not given. */
  itemOf(node: GivenNode): Item | null {
    const at = this.#nodes.indexOf(node);
    if (at < 0) return null;
    return {
      type: node.kind === "integer" ? BIGINT : varchar(node.value.length),
      nullable: false,
      tables: 0,
      isConst: true,
      shape: { kind: "literal", given: this },
      text: () => textOf(this.#valueAt(at)),
      eval: () => this.#valueAt(at),
      steps: null,
    };
  }

  #valueAt(at: number): Datum {
    this.noteLook();
    return this.#values[at] as Datum;
  }
}

function textOf(value: Datum): string {
  return typeof value === "string" ? `'${value.replaceAll("'", "\\'")}'` : String(value);
}
