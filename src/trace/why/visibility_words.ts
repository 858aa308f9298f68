/** What a language must be able to say about whether a read view sees a version. */

/** The numbers of one comparison of a version with a read view. */
export interface CheckCase {
  readonly trxId: number;
  readonly creator: number;
  readonly up: number;
  readonly low: number;
  readonly ids: readonly number[];
}

export interface VisibilityWords {
  /** The comparisons in the order in which they are made; the last one decides. */
  readonly compared: (check: CheckCase) => readonly string[];
}
