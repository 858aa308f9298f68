/**
 * The undo records that are still there, by DB_ROLL_PTR. Roll pointers are counted up and the oldest records go first, so a
 * list from the oldest one on finds them.
 *
 *     first                                      roll pointer 7: list[7 - first]
 *       5      6      7      8
 *     [rec]  [null] [rec]  [rec]                 6 was discarded; when 5 goes, the list begins at 7
 */
import { assert } from "../base/assert.ts";
import type { RollPtr } from "../trace/ids.ts";
import type { UndoRec } from "./types.ts";

/** So many places of discarded records stand before the first one before they are cut off. */
const GAP_MAX = 64;

/** Roll pointers are handed out in order, from 1; purge takes records away at the front. */
export class UndoLog {
  readonly #recs: (UndoRec | null)[] = [];
  /** The roll pointer of the first place. */
  #first = 1;
  /** The first place that is not empty; the list's length when there is none. */
  #head = 0;

  get(rollPtr: RollPtr): UndoRec | undefined {
    const at = rollPtr - this.#first;
    return at < 0 ? undefined : (this.#recs[at] ?? undefined);
  }

  add(undo: UndoRec): void {
    assert(undo.rollPtr === this.#first + this.#recs.length, "roll pointers are counted up");
    this.#recs.push(undo);
  }

  delete(rollPtr: RollPtr): void {
    const recs = this.#recs;
    const at = rollPtr - this.#first;
    if (at < 0 || at >= recs.length) return;
    recs[at] = null;
    while (this.#head < recs.length && recs[this.#head] === null) this.#head += 1;
    if (this.#head < GAP_MAX || this.#head * 2 < recs.length) return;
    recs.splice(0, this.#head);
    this.#first += this.#head;
    this.#head = 0;
  }

  values(): readonly UndoRec[] {
    return this.#recs.filter((undo) => undo !== null);
  }
}
