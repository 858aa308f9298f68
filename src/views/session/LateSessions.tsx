/** The sessions' column, loaded behind the first picture: editors and results are a third of what draws the playground. */
import { lazy, type ReactNode, Suspense } from "react";

const SessionColumn = lazy(async () => {
  const { SessionColumn } = await import("./SessionColumn.tsx");
  return { default: SessionColumn };
});

export function LateSessions(): ReactNode {
  return (
    <Suspense fallback={<section className="sessions" />}>
      <SessionColumn />
    </Suspense>
  );
}
