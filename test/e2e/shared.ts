/** What the tests of a file have in common. */
import { afterAll, beforeAll } from "vitest";

/** Made before the first test of the file or `describe` that asks for it, and closed after the last. For use inside tests. */
export function shared<T extends { close(): Promise<void> }>(make: () => Promise<T>): () => T {
  let made: T | null = null;
  beforeAll(async () => {
    made = await make();
  });
  afterAll(() => made?.close());
  return () => {
    if (made === null) throw new Error("what tests share is there while they run");
    return made;
  };
}
