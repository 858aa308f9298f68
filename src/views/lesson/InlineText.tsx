/** A lesson's paragraphs: code, strong words, and names of things that light up in the pictures. */
import type { ReactNode } from "react";
import { inlineOf } from "../../lessons/format/inline.ts";
import type { Prose } from "../../lessons/format/lesson_text.ts";
import { useLanguage } from "../../store/hooks.ts";
import { lessonLink } from "./lesson_route.ts";
import { PointerButton } from "./PointerButton.tsx";

/** Where links to other lessons lead, when not to the page itself: a new tab, or nowhere (an empty text). */
export type LessonLinks = (id: string) => string;

export function Paragraphs(props: {
  readonly prose: Prose;
  readonly links: LessonLinks | null;
}): ReactNode {
  const language = useLanguage();
  return props.prose[language].map((paragraph) => (
    <p key={paragraph}>
      <InlineText text={paragraph} links={props.links} />
    </p>
  ));
}

function InlineText(props: {
  readonly text: string;
  readonly links: LessonLinks | null;
}): ReactNode {
  const { text, links } = props;
  return inlineOf(text).map((piece, at) => {
    // The pieces of one paragraph never change places.
    const key = `${at}`;
    switch (piece.kind) {
      case "code":
        return <code key={key}>{piece.text}</code>;
      case "strong":
        return <strong key={key}>{piece.text}</strong>;
      case "pointer":
        return (
          <PointerButton key={key} pointer={piece.pointer}>
            {piece.text}
          </PointerButton>
        );
      case "lesson": {
        const address = (links ?? lessonLink)(piece.id);
        if (address === "") return piece.text;
        return (
          <a key={key} href={address} target={links === null ? undefined : "_blank"} rel="noopener">
            {piece.text}
          </a>
        );
      }
      default:
        return piece.text;
    }
  });
}
