/** What an address shows: what has to be there for it. Asked in the page's head (`begin.ts`) and where the page begins. */

export type Shown = "map" | "lesson" | "scenario" | "other";

export function shownAt({ hash }: Location): Shown {
  if (hash === "" && subject("lesson") !== null) return "scenario";
  if (hash === "" && subject("guide") !== null) return "lesson";
  if (/^(#\/?)?$|^#\/lessons$/.test(hash)) return "map";
  if (/^#\/learn/.test(hash)) return "lesson";
  return /^#(s=|\/(playground|paste|lesson\/))/.test(hash) ? "scenario" : "other";
}

/** What the document is about: the page of an example, or of a guided lesson. */
export function subject(kind: "lesson" | "guide"): string | null {
  const meta = document.querySelector<HTMLMetaElement>(`meta[name="interleave:${kind}"]`);
  return meta?.content ?? null;
}
