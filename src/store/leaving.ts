/** What is told behind a picture, and is told before the page is left and kept. */

const untold = new Set<() => void>();

/** Returns what takes it back. */
export function tellBeforeLeaving(tell: () => void): () => void {
  untold.add(tell);
  return () => untold.delete(tell);
}

export function tellAll(): void {
  for (const tell of untold) tell();
}
