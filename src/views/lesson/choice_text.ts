/** A choice in the reader's language. */
import { unreachable } from "../../base/assert.ts";
import type { ChoiceLabel } from "../../lessons/format/questions.ts";
import type { Language } from "../../store/preferences.ts";
import type { LessonWords } from "./words.ts";

export function choiceText(label: ChoiceLabel, words: LessonWords, language: Language): string {
  switch (label.kind) {
    case "claim":
      return label.label?.[language] ?? claimText(label.claim, words);
    case "rec":
      return words.rec(label.key);
    case "gap":
      return words.gap(label.key);
    case "session":
      return words.session(label.name);
    case "nobody":
      return words.nobody;
    case "nothing":
      return words.nothing;
    case "version":
      return words.version(label.depth, label.values);
    default:
      return unreachable(label);
  }
}

/** The common claims in words; others stand as they are. */
function claimText(claim: string, words: LessonWords): string {
  const [name = "", verb = "", ...rest] = claim.split(" ");
  const tail = rest.join(" ");
  switch (verb) {
    case "waits":
      return tail === "" ? words.waits : words.waitsNamed(name, tail.replace(/^for /, ""));
    case "ok":
      return words.ok;
    case "error":
      return words.error(tail);
    case "rows":
      return words.rows(tail);
    case "affected":
      return words.affected(tail);
    default:
      return claim;
  }
}
