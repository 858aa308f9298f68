/**
 * A binary heap that treats elements of equal rank as MySQL's does, for which of them comes first decides what is read
 * and locked: one that is pushed passes its equals, one whose rank changes at the top stays before them.
 *
 * MySQL: Priority_queue (include/priority_queue.h).
 */
export class PriorityQueue<T> {
  readonly #items: T[] = [];
  readonly #isLess: (a: T, b: T) => boolean;

  /** `isLess(a, b)`: a comes after b. */
  constructor(isLess: (a: T, b: T) => boolean) {
    this.#isLess = isLess;
  }

  get size(): number {
    return this.#items.length;
  }

  get top(): T | undefined {
    return this.#items[0];
  }

  push(item: T): void {
    this.#items.push(item);
    let at = this.#items.length - 1;
    while (at > 0 && !this.#less(at, (at - 1) >> 1)) {
      this.#swap(at, (at - 1) >> 1);
      at = (at - 1) >> 1;
    }
  }

  pop(): void {
    const last = this.#items.pop();
    if (last === undefined || this.#items.length === 0) return;
    this.#items[0] = last;
    this.updateTop();
  }

  /** To be called when the rank of the top has changed. */
  updateTop(): void {
    const { length } = this.#items;
    let largest = 0;
    for (let at = -1; at !== largest; ) {
      at = largest;
      const [left, right] = [2 * at + 1, 2 * at + 2];
      if (left < length && this.#less(largest, left)) largest = left;
      if (right < length && this.#less(largest, right)) largest = right;
      if (largest !== at) this.#swap(at, largest);
    }
  }

  #less(i: number, j: number): boolean {
    return this.#isLess(this.#items[i] as T, this.#items[j] as T);
  }

  #swap(i: number, j: number): void {
    const items = this.#items;
    [items[i], items[j]] = [items[j] as T, items[i] as T];
  }
}
