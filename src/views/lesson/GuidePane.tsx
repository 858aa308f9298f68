/** The guide beside the playground, when the address names a lesson; null otherwise. */
import { lazy, type ReactNode, Suspense } from "react";
import { useLessonRoute } from "./lesson_route.ts";

const GuidePanel = lazy(async () => {
  const { GuidePanel } = await import("./GuidePanel.tsx");
  return { default: GuidePanel };
});

export function useGuidePane(): ReactNode {
  const route = useLessonRoute();
  if (route.page !== "learn") return null;
  return (
    <Suspense>
      <GuidePanel route={route} />
    </Suspense>
  );
}
