/** Made by the build: `test/tools/build/late_words.ts`. */
declare module "virtual:words" {
  /** Resolves when the dictionaries of the language are there, for all of the page's code that has been loaded. */
  export function loadWords(language: "en" | "zh"): Promise<void>;
}
