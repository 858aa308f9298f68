/** What the build's tools know of a parsed script, and a place in its text to be written anew. */

export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

export interface Change {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}
