/** Chance for a server that knows none: the same numbers for the same script. */

/** The source of RAND() and UUID(): mulberry32 with a fixed seed. */
export function randomNumbers(): () => number {
  let state = 0x1234_5678;
  return () => {
    state = (state + 0x6d2b_79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const SEEDED_MAX = 0x3fff_ffff;

/** The numbers of RAND(seed); `seed` from 0 to 2^32 - 1. MySQL: Item_func_rand::seed_random and my_rnd (mysys/my_rnd.cc). */
export function seededNumbers(seed: number): () => number {
  const low = (factor: number, more: number): number =>
    ((Math.imul(seed, factor) + more) >>> 0) % SEEDED_MAX;
  let first = low(0x1_0001, 55_555_555);
  let second = low(0x1000_0001, 0);
  return () => {
    first = (first * 3 + second) % SEEDED_MAX;
    second = (first + second + 33) % SEEDED_MAX;
    return first / SEEDED_MAX;
  };
}
