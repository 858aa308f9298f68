/**
 * A scenario or lesson as one HTML file, for a class without a network: it has the embed's script with all that it may load, the
 * server's files as texts, and here what it shows. The page puts it together (`views/files/one_file.ts`), the build makes the
 * form that it is put into (`test/tools/build/one_file_build.ts`).
 */
import type { LessonText } from "../lessons/format/lesson_text.ts";
import type { EngineFiles } from "./file_worker.ts";

export interface OneFile {
  /** As behind the address of an embed. */
  readonly fragment: string;
  /** The guided lesson that the fragment names, if it names one. */
  readonly lessons: Readonly<Record<string, LessonText>>;
  readonly engine: EngineFiles;
}

/** Where it stands in the form: the file's title, and what is read by the script behind it. */
export const TITLE_PLACE = "<!--title-->";
export const FILE_PLACE = "/*file*/";

/** In the file that was saved. */
export function ownFile(): OneFile {
  return (globalThis as unknown as { interleaveFile: OneFile }).interleaveFile;
}
