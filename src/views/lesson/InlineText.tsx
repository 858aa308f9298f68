/** A lesson's paragraphs: code, strong words, and names of things that light up in the pictures. */
import type { ReactNode } from "react";
import { inlineOf } from "../../lessons/format/inline.ts";
import type { Prose } from "../../lessons/format/lesson_text.ts";
import { useLanguage } from "../../store/hooks.ts";
import { lessonLink } from "./lesson_route.ts";
import { PointerButton } from "./PointerButton.tsx";

export function Paragraphs({ prose }: { readonly prose: Prose }): ReactNode {
  const language = useLanguage();
  return prose[language].map((paragraph) => (
    <p key={paragraph}>
      <InlineText text={paragraph} />
    </p>
  ));
}

function InlineText({ text }: { readonly text: string }): ReactNode {
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
      case "lesson":
        return (
          <a key={key} href={lessonLink(piece.id)}>
            {piece.text}
          </a>
        );
      default:
        return piece.text;
    }
  });
}
