/** What is asked of servers that are thrown away (`peek.ts`): loaded when it is. */
export async function beside() {
  const { outcomeAt, peekAt, playedApart } = await import("./peek.ts");
  return { outcomeAt, peekAt, playedApart };
}
