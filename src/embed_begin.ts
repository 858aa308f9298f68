/**
 * Stands in the head of `embed.html` itself, as `begin.ts` in the site's pages: what the fragment names is asked for at once, before
 * the frame's script is there to name it. The build puts the files' names in (`test/tools/build/embed_head.ts`).
 */
import { optionsIn } from "./embed/options.ts";

type Language = "en" | "zh";

/** Relative to the page. The words of each language. */
declare const WORDS: Readonly<Record<Language, string>>;
/** By the panel that it fills. */
declare const PICTURES: Readonly<Record<string, string>>;
/** Its panels, and its own files. */
declare const EXAMPLES: Readonly<Record<string, readonly string[]>>;
/** Its panels. */
declare const GUIDED: Readonly<Record<string, string>>;
declare const GUIDE: readonly string[];

const { lesson, language, panels } = optionsIn(window.location.hash);
if (lesson !== null) begin(lesson);

function begin(id: string): void {
  // As in `embed_frame.tsx`: an example goes before a guided lesson of its name.
  const isExample = Object.hasOwn(EXAMPLES, id);
  const guided = Object.hasOwn(GUIDED, id) ? [GUIDED[id] ?? "", ...GUIDE, `lessons/${id}.js`] : [];
  const [wanted = "", ...own] = (isExample ? EXAMPLES[id] : guided) ?? [];
  if (wanted === "") return;
  const shown = panels ?? wanted.split(" ");
  const isChinese = language === "zh" || (language === null && /^zh/i.test(navigator.language));
  ask(WORDS[isChinese ? "zh" : "en"]);
  for (const file of own) ask(file);
  for (const panel of shown) ask(PICTURES[panel]);
}

function ask(file: string | undefined): void {
  if (file === undefined) return;
  const link = document.createElement("link");
  link.rel = "preload";
  link.as = file.endsWith(".css") ? "style" : "script";
  link.href = file;
  document.head.append(link);
}
