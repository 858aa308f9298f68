/** The lines that an author puts into a post to show what is seen now: the element, its text, and a picture of it. */

import { intMapToArray } from "../../base/int_map.ts";
import { inMarkup } from "../../base/markup.ts";
import { scheduleSvg } from "../../diagrams/schedule_svg.ts";
import { guideStore } from "../../store/guide_store.ts";
import type { PageState } from "../../store/page_store.ts";
import type { StatementState } from "../../trace/state.ts";
import { scheduleRows } from "../embed/schedule.ts";
import { arrangementOf } from "../panels/use_panels.ts";
import { stepSaid } from "../schedule/step_words.ts";

export interface EmbedWanted {
  /** The address of the site, with a slash at its end. */
  readonly site: string;
  /** Of the link to what is seen. */
  readonly letters: string;
  readonly title: string;
  /** The word for a statement that waits. */
  readonly waits: string;
  readonly look: EmbedLook;
}

/** Pixels in a frame of usual width; `head` is all around the panels, and the statements scroll in their own. */
const HEIGHTS = {
  head: 190,
  sessions: 160,
  table: 80,
  index: 80,
  lane: 30,
  versions: 320,
  waits: 300,
};
const HEIGHT_MIN = 480;
const HEIGHT_MAX = 1600;

/** A plain frame is as high as it is told to be; who has less room scrolls in it. */
export function frameHeight(page: PageState, { panels }: EmbedLook): number {
  const { script, stateAtCursor } = page;
  const tables = intMapToArray(stateAtCursor.tables).length;
  const indexes = intMapToArray(stateAtCursor.indexes).length;
  const of: Readonly<Record<Showable, number>> = {
    sessions: HEIGHTS.sessions,
    index:
      tables * (HEIGHTS.table + script.sessions.length * HEIGHTS.lane) + indexes * HEIGHTS.index,
    versions: HEIGHTS.versions,
    waits: HEIGHTS.waits,
  };
  const height = panels.reduce((sum, panel) => sum + of[panel], HEIGHTS.head);
  return Math.min(HEIGHT_MAX, Math.max(HEIGHT_MIN, Math.ceil(height / 10) * 10));
}

/** Those that an embed knows (`embed/contract.ts`), in their order on it. */
export const SHOWABLE = ["sessions", "index", "versions", "waits"] as const;
export type Showable = (typeof SHOWABLE)[number];

/** What the attributes of these names say; "auto": as the reader's. */
export interface EmbedLook {
  readonly panels: readonly Showable[];
  readonly theme: string;
  readonly lang: string;
}

export const LOOKS: Readonly<Record<Exclude<keyof EmbedLook, "panels">, readonly string[]>> = {
  theme: ["light", "dark", "auto"],
  lang: ["en", "zh", "auto"],
};

/** The versions where the page leads with them; the picture of waits is worth its room when somebody waits or a deadlock was found. */
export function panelsFor(page: PageState): readonly Showable[] {
  const { sessions, lastDeadlock } = page.stateAtCursor;
  const arrangement = arrangementOf(page.script.lesson, guideStore.getState());
  if ((page.preferences.stage.arrangement ?? arrangement) === "versions") {
    return ["sessions", "versions"];
  }
  const isWait = lastDeadlock !== null || sessions.some(({ status }) => status === "waiting");
  return isWait ? ["sessions", "index", "waits"] : ["sessions", "index"];
}

export function embedCode(page: PageState, wanted: EmbedWanted): string {
  const { site, letters, title, waits, look } = wanted;
  const lang = look.lang === "auto" ? "" : ` lang="${look.lang}"`;
  const { scenario, sessions } = page.script;
  const block = [
    ...scenario.setup.map((sql) => `${sql};`),
    ...scenario.steps.map((step) => {
      if ("advance" in step) return `-- +${step.advance} s`;
      return "sql" in step ? `${step.sql}; -- ${step.session}` : `-- ${JSON.stringify(step)}`;
    }),
  ].join("\n");
  const rows = scheduleRows(scenario, page.timeline, page.stateAtCursor);
  const language = look.lang === "auto" ? page.preferences.language : look.lang;
  const lines = rows.map(({ session, of, statement }) => ({
    session,
    text: stepSaid(of, language === "zh" ? "zh" : "en"),
    mark: markOf(statement, waits),
  }));
  const shown = sessions.filter((name) => rows.some((row) => row.session === name));
  const picture = encodeURIComponent(scheduleSvg(title, shown, lines));
  return [
    `<script async src="${site}interleave.js"></script>`,
    `<interleave-playground scenario="${letters}" panels="${look.panels.join(", ")}" theme="${look.theme}"${lang}>`,
    `<pre><code>${withoutBlankLines(inMarkup(block))}</code></pre>`,
    `<img alt="${inMarkup(title)}" src="data:image/svg+xml,${picture}">`,
    "</interleave-playground>",
  ].join("\n");
}

/** The same as a plain frame, for hosts that take no scripts of others. */
export function frameCode({ site, letters, title, look }: EmbedWanted, height: number): string {
  const lang = look.lang === "auto" ? "" : `&lang=${look.lang}`;
  const fragment = `scenario=${letters}&panels=${look.panels.join(",")}&theme=${look.theme}${lang}`;
  return [
    `<iframe title="${inMarkup(title)}" width="100%" height="${height}" loading="lazy" style="border: 1px solid #8888"`,
    `  src="${inMarkup(`${site}embed.html#${fragment}`)}"></iframe>`,
  ].join("\n");
}

/** A blank line would end the block in Markdown: its line break is written as a character that HTML reads as one. */
export function withoutBlankLines(markup: string): string {
  return markup.replace(
    /\n(?:[ \t]*\n)+/g,
    (breaks) => `\n${"&#10;".repeat(breaks.split("\n").length - 2)}`,
  );
}

function markOf(statement: StatementState | null, word: string): string {
  if (statement === null) return "";
  const { outcome, waits } = statement;
  if (outcome === null) return waits.some((wait) => wait.toSeq === null) ? word : "";
  return outcome.kind === "error" ? `ERROR ${outcome.errno}` : "";
}
