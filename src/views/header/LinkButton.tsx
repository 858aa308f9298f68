/** Copies a link to what is seen; it stands in the address bar too, for browsers that do not let a page copy. */
import { type ReactNode, useState } from "react";
import { pageStore } from "../../store/page_store.ts";
import "./link.css";
import { lessonRouteNow } from "../lesson/lesson_route.ts";
import { LinkIcon } from "../shell/Icons.tsx";
import { useText } from "../text/use_text.ts";

const SAY_MS = 4000;
async function linkToLesson() {
  const { linkToLesson } = await import("../lesson/link_to_lesson.ts");
  return linkToLesson();
}

async function linkToPage() {
  const { linkToHere, LONG_LINK } = await import("../../store/link/link_to_here.ts");
  return { ...linkToHere(pageStore), longest: LONG_LINK };
}

async function putInAddress(link: string): Promise<void> {
  const { putInAddress } = await import("../../store/link/follow_address.ts");
  putInAddress(new URL(link).hash);
}

export function LinkButton(): ReactNode {
  const text = useText().link;
  const [said, say] = useState<string | null>(null);
  const copy = async (): Promise<void> => {
    const inLesson = lessonRouteNow().page === "learn";
    const share = inLesson ? await linkToLesson() : null;
    const page = share === null ? await linkToPage() : null;
    const link = share?.link ?? page?.link ?? "";
    try {
      await navigator.clipboard.writeText(link);
      if (share !== null) say(text[share.holds](share.part));
      else if (page !== null) {
        const { left, longest } = page;
        const copied = link.length > longest ? text.long(link.length) : text.copied;
        const told = [
          inLesson ? text.besideLesson : copied,
          ...(left.futures > 0 ? [text.futures(left.futures)] : []),
          ...(left.hasLog ? [text.log] : []),
        ];
        say(told.join(text.gap));
      }
    } catch {
      if (share !== null) await putInAddress(link);
      say(text.byHand);
    }
    setTimeout(() => say(null), SAY_MS);
  };
  return (
    <span className="link-place">
      <button
        type="button"
        className="button button-icon"
        aria-label={text.button}
        title={`${text.button}. ${text.hint}`}
        data-copied={said !== null}
        onClick={copy}
      >
        <LinkIcon />
      </button>
      <span role="status" className="link-said" data-shown={said !== null}>
        {said}
      </span>
    </span>
  );
}
