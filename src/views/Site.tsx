/** The site: the map of lessons and the lesson editor, or the page with the playground. */
import { lazy, type ReactNode, Suspense } from "react";
import { App, useDocumentAttributes } from "./App.tsx";
import { useLessonRoute } from "./lesson/lesson_route.ts";

const LessonMap = lazy(async () => {
  const { LessonMap } = await import("./lesson/LessonMap.tsx");
  return { default: LessonMap };
});
const LessonEditor = lazy(async () => {
  const { LessonEditor } = await import("./lesson/LessonEditor.tsx");
  return { default: LessonEditor };
});

export function Site(): ReactNode {
  const { page } = useLessonRoute();
  useDocumentAttributes();
  if (page !== "lessons" && page !== "write") return <App />;
  return <Suspense>{page === "lessons" ? <LessonMap /> : <LessonEditor />}</Suspense>;
}
