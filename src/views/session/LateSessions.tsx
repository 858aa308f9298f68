/** The sessions' column, loaded behind the first picture: editors and results are a third of what draws the playground. */
import { type ReactNode, Suspense } from "react";
import { behindPicture } from "../shell/behind_picture.ts";

const SessionColumn = behindPicture(async () => {
  const { SessionColumn } = await import("./SessionColumn.tsx");
  return SessionColumn;
});

export function LateSessions(): ReactNode {
  return (
    <Suspense fallback={<section className="sessions" />}>
      <SessionColumn />
    </Suspense>
  );
}
