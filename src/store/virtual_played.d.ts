/** What the built-in examples do, played when the site was built (`test/tools/build/played_examples.ts`). */
declare module "virtual:played" {
  /** By the scenario's id; those whose trace is smaller than the server. */
  export const PLAYED: Readonly<
    Record<string, () => Promise<{ readonly played: import("./story.ts").Played }>>
  >;
  /** A server without tables. */
  export const NOTHING: import("./story.ts").Played;
}
