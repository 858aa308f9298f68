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
