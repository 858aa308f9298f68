/** The syntax tree of a regular expression. */

/** Does a character belong to it? Characters are code points as texts. */
export type CharTest = (char: string) => boolean;

export type Quantity = "greedy" | "lazy" | "possessive";

export type Assertion =
  | "inputStart"
  | "lineStart"
  | "inputEnd"
  | "inputEndOrTerminator"
  | "lineEnd"
  | "wordBoundary"
  | "notWordBoundary";

export type Node =
  /** Literal characters in a row; `isFolded`: without regard to case. */
  | { readonly kind: "text"; readonly text: string; readonly isFolded: boolean }
  | { readonly kind: "set"; readonly test: CharTest }
  /** \R */
  | { readonly kind: "lineBreak" }
  | { readonly kind: "assert"; readonly what: Assertion; readonly unixLines: boolean }
  | { readonly kind: "sequence"; readonly nodes: readonly Node[] }
  | { readonly kind: "choice"; readonly branches: readonly Node[] }
  | { readonly kind: "group"; readonly number: number; readonly node: Node }
  | {
      readonly kind: "repeat";
      readonly node: Node;
      readonly min: number;
      /** Infinity without an upper end. */
      readonly max: number;
      readonly quantity: Quantity;
    }
  | { readonly kind: "backReference"; readonly number: number; readonly isFolded: boolean }
  | { readonly kind: "atomic"; readonly node: Node }
  | {
      readonly kind: "look";
      readonly node: Node;
      readonly isBehind: boolean;
      readonly isNegative: boolean;
    };

export interface Pattern {
  readonly node: Node;
  readonly groups: number;
  readonly names: ReadonlyMap<string, number>;
}

export interface Flags {
  readonly ignoreCase: boolean;
  /** ^ and $ at every line. */
  readonly multiLine: boolean;
  /** The point matches line ends too. */
  readonly dotAll: boolean;
  /** \n alone ends lines. */
  readonly unixLines: boolean;
}

/** Texts that are equal without regard to case. */
export function folded(text: string): string {
  return text.toUpperCase().toLowerCase();
}
