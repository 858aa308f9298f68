/**
 * What the address asks for when the page opens: a link, one of the examples, or nothing. What somebody was at before is
 * one undo away.
 */
import { type PageStore, snapshotOf } from "../page_store.ts";
import type { SavedPage } from "../saved_page.ts";
import { scriptOfLesson } from "../script.ts";
import type { LinkedPage } from "./page_link.ts";

/** What the address asks for. */
export type Wanted =
  | { readonly kind: "link"; readonly page: LinkedPage }
  /** A guided lesson, which opens by itself when its text is there. */
  | { readonly kind: "guided" }
  | { readonly kind: "nothing" };

const LINK = "#s=";
const GUIDED = /^#\/learn/;
const LESSON = /^#\/lesson\/(.*)$/;

/** What the document itself is about; a page of a lesson names it. */
export interface DocumentSubject {
  /** An example of the playground. */
  readonly lesson: string | null;
  /** A guided lesson. */
  readonly guide: string | null;
}

/** `fragment`: of the address, with its `#`. A damaged link becomes a notice. */
export async function wantedPage(
  fragment: string,
  { lesson, guide }: DocumentSubject,
  store: PageStore,
): Promise<Wanted> {
  if (GUIDED.test(fragment) || (fragment === "" && guide !== null)) return { kind: "guided" };
  if (fragment.startsWith(LINK)) {
    const { readFragment } = await import("./page_link.ts");
    const reading = readFragment(fragment);
    if (reading.kind === "page") return { kind: "link", page: reading.page };
    if (reading.kind === "fault") {
      store.setState({ notice: { kind: "badLink", fault: reading.fault } });
    }
    return { kind: "nothing" };
  }
  const { lessonById } = await import("../../lessons/lessons.ts");
  const asked = LESSON.exec(fragment)?.[1];
  const named = lessonById(asked ?? lesson);
  if (named === null) {
    if (asked !== undefined) store.setState({ notice: { kind: "badLink", fault: "unknown" } });
    return { kind: "nothing" };
  }
  return {
    kind: "link",
    page: {
      script: scriptOfLesson(named),
      texts: named.editors,
      position: null,
      selection: null,
      language: null,
      layouts: {},
      stage: null,
    },
  };
}

/** Resolves when the link's scenario stands, or cannot be opened and what was before does. */
export async function openLinked(
  store: PageStore,
  page: LinkedPage,
  before: SavedPage | null,
  openOtherwise: () => Promise<void>,
): Promise<void> {
  const { script, texts, position, selection, language, layouts, stage, branches = [] } = page;
  const { commands, prefer, preferences } = store.getState();
  prefer({
    ...(language === null ? {} : { language }),
    layouts: stage === null ? preferences.layouts : layouts,
    stage: stage ?? preferences.stage,
  });
  store.setState({ texts });
  await commands.open(script, position);
  const { openings, notice } = store.getState();
  if (openings === 0) {
    await openOtherwise();
    store.setState({ notice });
    return;
  }
  store.setState({ selection, branches });
  if (before === null) return;
  store.setState({ undo: [...before.undo, snapshotOf(before, "opening")], redo: [] });
}
