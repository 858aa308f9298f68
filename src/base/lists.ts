/**
 * Small changes of lists, without the lists that `splice` gives back. And lists of any length: a list spread into a call (`Math.max(...list)`, `list.push(...more)`) is laid on the stack, and one
 * of some 100,000 items does not fit there.
 */

/** The largest, or `least` when that is larger; -Infinity for an empty list without `least`. */
export function maxOf(numbers: Iterable<number>, least = Number.NEGATIVE_INFINITY): number {
  let max = least;
  for (const number of numbers) if (number > max) max = number;
  return max;
}

/** The smallest, or `most` when that is smaller; Infinity for an empty list without `most`. */
export function minOf(numbers: Iterable<number>, most = Number.POSITIVE_INFINITY): number {
  let min = most;
  for (const number of numbers) if (number < min) min = number;
  return min;
}

/** Adds all of `more` at the end. */
export function append<T>(list: T[], more: Iterable<T>): void {
  for (const one of more) list.push(one);
}

/** The list with one more. The first gets a list of its own, without the room for sixteen that `push` would make. */
export function withOne<T>(list: T[], item: T): T[] {
  if (list.length === 0) return [item];
  list.push(item);
  return list;
}

/** The list with one more before all others, else as `withOne`. */
export function withFirst<T>(list: T[], item: T): T[] {
  if (list.length === 0) return [item];
  addFirst(list, item);
  return list;
}

/** Puts one item in; mostly at the end, where `splice` would make a list of nothing all the same. */
export function insertAt<T>(list: T[], at: number, item: T): void {
  if (at === list.length) list.push(item);
  else list.splice(at, 0, item);
}

/** Takes one item out. */
export function removeAt<T>(list: T[], at: number): void {
  for (let i = at + 1; i < list.length; i += 1) list[i - 1] = list[i] as T;
  list.pop();
}

/** Puts one item before all others. */
export function addFirst<T>(list: T[], item: T): void {
  list.push(item);
  for (let i = list.length - 1; i > 0; i -= 1) list[i] = list[i - 1] as T;
  list[0] = item;
}
