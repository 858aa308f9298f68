/**
 * How far the simulator agrees with a recorded MySQL. The numbers are written by `npm run conformance:update` and a test
 * holds them to what its own run finds; nobody writes them by hand.
 */
import measured from "./fidelity.json";

export const ASPECTS = ["results", "waits", "locks", "mdl"] as const;
export type Aspect = (typeof ASPECTS)[number];

export interface FidelityRow {
  /** A folder of recordings; behind a slash the file, where the folder holds random scenarios of several kinds. */
  readonly topic: string;
  readonly scenarios: number;
  readonly statements: number;
  /** Scenarios that agree in every step and aspect. */
  readonly agree: number;
  readonly byAspect: Readonly<Record<Aspect, number>>;
}

/** A scenario that does not agree, and where it first differs. */
export interface FidelityDifference {
  readonly id: string;
  readonly topic: string;
  /** Counted from 1. */
  readonly step: number;
  readonly statement: string;
  readonly aspects: readonly string[];
}

export interface Fidelity {
  /** Versions of the recorded servers. */
  readonly servers: readonly string[];
  /** Of the last run that wrote this, as yyyy-mm-dd. */
  readonly date: string;
  readonly topics: readonly FidelityRow[];
  /** Sums over the topics. */
  readonly all: FidelityRow;
  /** Rows of performance_schema.data_locks and metadata_locks that were compared, over all steps. */
  readonly lockRows: number;
  /** EXPLAINs whose access paths were compared, and how many are the simulator's plan. */
  readonly plans: { readonly compared: number; readonly equal: number };
  readonly differing: readonly FidelityDifference[];
}

export const fidelity: Fidelity = measured;
