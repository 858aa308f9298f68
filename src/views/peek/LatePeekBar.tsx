/** Loaded when something is asked. */
import { type ReactNode, Suspense } from "react";
import { usePage } from "../../store/hooks.ts";
import { behindPicture } from "../shell/behind_picture.ts";

const PeekBar = behindPicture(async () => {
  const { PeekBar } = await import("./PeekBar.tsx");
  return PeekBar;
});

export function LatePeekBar(): ReactNode {
  const isAsked = usePage((page) => page.peek !== null);
  return <Suspense>{isAsked && <PeekBar />}</Suspense>;
}
