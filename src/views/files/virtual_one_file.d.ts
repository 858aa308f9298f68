/** Made by the build: `test/tools/build/one_file_build.ts`. */
declare module "virtual:one-file" {
  /** Where it stands; null in the development server, which has none. */
  export const ONE_FILE_FORM: string | null;
  /** The server's core, which names its parts. */
  export const ENGINE_FILE: string | null;
}
