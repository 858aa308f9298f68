/** Copies a link to what is seen; it stands in the address bar too, for browsers that do not let a page copy. */
import { type ReactNode, useState } from "react";
import { pageStore } from "../../store/page_store.ts";
import "./link.css";
import { lessonRouteNow } from "../lesson/lesson_route.ts";
import { LinkIcon } from "../shell/Icons.tsx";
import { useText } from "../text/use_text.ts";

const SAY_MS = 4000;
/** Some mail programs and chats cut what is longer. */
const LONG = 2000;

async function linkToLesson() {
  const { linkToLesson } = await import("../lesson/link_to_lesson.ts");
  return linkToLesson();
}

async function linkToPage(): Promise<string> {
  const { linkToHere } = await import("../../store/link/link_to_here.ts");
  return linkToHere(pageStore);
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
    const link = share?.link ?? (await linkToPage());
    const { length } = pageStore.getState().branches;
    const left = share === null && length > 0 ? ` ${text.futures(length)}` : "";
    try {
      await navigator.clipboard.writeText(link);
      const long = link.length > LONG ? text.long(link.length) : text.copied;
      if (share !== null) say(text[share.holds](share.part));
      else say(`${inLesson ? text.besideLesson : long}${left}`);
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
