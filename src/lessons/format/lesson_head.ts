/** What is said of a guided lesson before it is opened. */
import type { InTwoLanguages } from "../lesson.ts";

export interface LessonHead {
  readonly id: string;
  /** The name of its file, without what comes behind the dot. */
  readonly file: string;
  /** The notes' section it belongs to, for its place on the map: "23.3". */
  readonly section: string;
  readonly title: InTwoLanguages;
  /** One sentence for the map. */
  readonly shows: InTwoLanguages;
  /** How many there are. */
  readonly parts: number;
  readonly questions: number;
}
