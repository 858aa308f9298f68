/**
 * Answers that may have to be waited for: most come at once, and a generator for each would cost more than the work itself.
 *
 *     answer: T | Generator<wait, T>       isPending(answer) ? yield* answer : answer
 */

/** Has the answer still to be waited for? No answer of ours has a `next` of its own. */
export function isPending<Wait, T, Resumption>(
  answer: T | Generator<Wait, T, Resumption>,
): answer is Generator<Wait, T, Resumption> {
  return typeof answer === "object" && answer !== null && "next" in answer;
}

/** The answer, waited for where it has to be. */
export function* settled<Wait, T, Resumption>(
  answer: T | Generator<Wait, T, Resumption>,
): Generator<Wait, T, Resumption> {
  return isPending(answer) ? yield* answer : answer;
}
