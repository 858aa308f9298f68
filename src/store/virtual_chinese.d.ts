/** Made by the build: `test/tools/build/late_chinese.ts`. */
declare module "virtual:chinese" {
  /** Resolves when the Chinese dictionaries are there. */
  export function loadChinese(): Promise<void>;
}
