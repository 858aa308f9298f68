/**
 * The bits of a record lock struct, in the order in which they were set. Few structs have many, and what most are asked for
 * lies behind or before all they have.
 *
 * InnoDB: the bitmap behind lock_t (lock_rec_set_nth_bit, lock_rec_get_nth_bit).
 */
import { removeAt, withOne } from "../../base/lists.ts";
import type { LockBit } from "../types.ts";

export class LockBits {
  #bits: LockBit[] = [];
  /** All of them lie between, both ends included; a field that once held Infinity would keep its numbers in a box. */
  #lowest = 0;
  #highest = -1;

  get size(): number {
    return this.#bits.length;
  }

  has(heapNo: number): boolean {
    return this.#at(heapNo) >= 0;
  }

  get(heapNo: number): LockBit | undefined {
    const at = this.#at(heapNo);
    return at < 0 ? undefined : this.#bits[at];
  }

  /** Of a record that has none yet. */
  add(bit: LockBit): void {
    const { heapNo } = bit;
    const isFirst = this.#bits.length === 0;
    this.#bits = withOne(this.#bits, bit);
    if (isFirst || heapNo < this.#lowest) this.#lowest = heapNo;
    if (isFirst || heapNo > this.#highest) this.#highest = heapNo;
  }

  delete(heapNo: number): void {
    const at = this.#at(heapNo);
    if (at >= 0) removeAt(this.#bits, at);
  }

  values(): readonly LockBit[] {
    return this.#bits;
  }

  #at(heapNo: number): number {
    if (heapNo < this.#lowest || heapNo > this.#highest) return -1;
    const bits = this.#bits;
    let at = bits.length - 1;
    while (at >= 0 && (bits[at] as LockBit).heapNo !== heapNo) at -= 1;
    return at;
  }
}
