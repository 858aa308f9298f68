/** Made of the lessons' texts: `test/tools/build/lesson_list.ts`. */
declare module "virtual:lesson-list" {
  /** In the order of the notes, without the texts. */
  export const LESSON_LIST: readonly import("./format/lesson_head.ts").LessonHead[];
}
