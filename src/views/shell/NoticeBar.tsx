/** A word about what the page did or could not do; stays until it is dismissed or something else is run. */
import { type ReactNode, Suspense } from "react";
import { usePage } from "../../store/hooks.ts";
import { behindPicture } from "./behind_picture.ts";

const Notices = behindPicture(async () => {
  const { Notices } = await import("./Notices.tsx");
  return Notices;
});

export function NoticeBar(): ReactNode {
  const isSaid = usePage((page) => page.notice !== null || page.update !== null);
  return (
    <div role="status" className="notice-place">
      <Suspense>{isSaid && <Notices />}</Suspense>
    </div>
  );
}
