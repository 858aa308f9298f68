/**
 * Answers that may have to be waited for: most come at once, and a generator for each would cost more than the work itself.
 *
 *     answer: T | Generator<wait, T>       isPending(answer) ? yield* answer : answer
 */

/** All generators are its instances: to ask for that is cheaper than to ask answers of many kinds for a `next`. */
function Generators(): void {}
Generators.prototype = Object.getPrototypeOf(function* () {}).prototype;

/** Has the answer still to be waited for? */
export function isPending<Wait, T, Resumption>(
  answer: T | Generator<Wait, T, Resumption>,
): answer is Generator<Wait, T, Resumption> {
  return answer instanceof Generators;
}

/** The answer, waited for where it has to be. */
export function* settled<Wait, T, Resumption>(
  answer: T | Generator<Wait, T, Resumption>,
): Generator<Wait, T, Resumption> {
  return isPending(answer) ? yield* answer : answer;
}

/** What `next` makes of the answer: at once where both are there. */
export function andThen<Wait, T, Result, Resumption>(
  answer: T | Generator<Wait, T, Resumption>,
  next: (value: T) => Result | Generator<Wait, Result, Resumption>,
): Result | Generator<Wait, Result, Resumption> {
  return isPending(answer) ? thenLater(answer, next) : next(answer);
}

function* thenLater<Wait, T, Result, Resumption>(
  answer: Generator<Wait, T, Resumption>,
  next: (value: T) => Result | Generator<Wait, Result, Resumption>,
): Generator<Wait, Result, Resumption> {
  return yield* settled(next(yield* answer));
}
