/** The page's scenario in every format that can be taken away. */
import { unreachable } from "../../base/assert.ts";
import { goldenScript } from "../../formats/export_golden.ts";
import { markdownText } from "../../formats/export_markdown.ts";
import { mysqltestScript } from "../../formats/export_mysqltest.ts";
import { pythonScript } from "../../formats/export_python.ts";
import { scheduleSql, sqlFiles } from "../../formats/export_sql.ts";
import { FILE_EXTENSION, FILE_MIME } from "../../formats/json_files.ts";
import { playedSteps } from "../../formats/played.ts";
import { fragmentOfPage } from "../../store/link/page_link.ts";
import type { PageState } from "../../store/page_store.ts";
import { eventsBetween } from "../../trace/timeline.ts";
import {
  type EmbedWanted,
  embedCode,
  frameCode,
  frameHeight,
  panelsFor,
} from "../manual/post_code.ts";
import { exportWords } from "./export_words.ts";
import { fileName } from "./local_files.ts";
import { scenarioText, titledScenario } from "./save_scenario.ts";

export const EXPORTS = [
  "schedule",
  "sessions",
  "mysqltest",
  "python",
  "golden",
  "markdown",
  "frame",
  "element",
  "own",
  "page",
] as const;
export type ExportId = (typeof EXPORTS)[number];

export interface ExportedFile {
  readonly name: string;
  readonly mime: string;
  readonly text: string;
}

/** The name of the file that has all in it. */
export function pageName(page: PageState): string {
  const { title, id } = titledScenario(page);
  return fileName(title ?? id, ".html");
}

/** One file, or one for each session, with the set-up and the whole behind them. */
export function exportedFiles(id: ExportId, page: PageState): readonly ExportedFile[] {
  const scenario = titledScenario(page);
  const { timeline } = page;
  const { schedule } = exportWords(page.preferences.language);
  const played = playedSteps(scenario, eventsBetween(timeline, 0, timeline.length));
  const title = scenario.title ?? scenario.id;
  const one = (ending: string, mime: string, text: string): readonly ExportedFile[] => [
    { name: fileName(title, ending), mime, text },
  ];
  switch (id) {
    case "schedule":
      return one(".sql", "application/sql", scheduleSql(scenario, played, schedule));
    case "sessions":
      return sqlFiles(scenario, played, schedule).map(({ name, text }) => ({
        name: fileName(title, `-${name}`),
        mime: "application/sql",
        text,
      }));
    case "mysqltest":
      return one(".test", "text/plain", mysqltestScript(scenario, played));
    case "python":
      return one(".py", "text/x-python", pythonScript(scenario, played));
    case "golden":
      return one(".txt", "text/plain", goldenScript(scenario, played));
    case "markdown": {
      const words = exportWords(page.preferences.language);
      return one(".md", "text/markdown", markdownText(scenario, played, linkOf(page), words));
    }
    case "frame":
      return one(
        ".html",
        "text/html",
        frameCode(wanted(page), frameHeight(page, wanted(page).look)),
      );
    case "element":
      return one(".html", "text/html", embedCode(page, wanted(page)));
    case "own":
      return one(FILE_EXTENSION, FILE_MIME, scenarioText(page));
    case "page":
      // Not before it is saved: it has the whole server in it.
      return [];
    default:
      return unreachable(id);
  }
}

/** The address of the site. */
function site(): string {
  return new URL("./", document.baseURI).href;
}

function linkOf(page: PageState): string {
  return `${site()}#s=${lettersOf(page)}`;
}

function lettersOf(page: PageState): string {
  const look = { selection: null, language: null, layouts: {}, stage: null };
  return fragmentOfPage(page, look).slice("#s=".length);
}

/** What is seen now, in a post that may be read in the dark. */
function wanted(page: PageState): EmbedWanted {
  const { language } = page.preferences;
  return {
    site: site(),
    letters: lettersOf(page),
    title: titledScenario(page).title ?? "Interleave",
    waits: exportWords(language).waits,
    look: { panels: panelsFor(page), theme: "auto", lang: language },
  };
}
