/**
 * A page for each lesson, `lessons/ID.html`: the site itself with the lesson's title, description and picture in its head,
 * for search engines and for previews in chats, which run no scripts; and the lesson's text for readers without them.
 * What stands before the site in a full address, if the build is told (`SITE_URL`), makes the picture's address whole.
 */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";
import { inMarkup } from "../../../src/base/markup.ts";
import type { InTwoLanguages } from "../../../src/lessons/lesson.ts";
import { LESSONS } from "../../../src/lessons/lessons.ts";
import type { Step } from "../../../src/trace/scenario.ts";
import { guidedLessons } from "./guided_lessons.ts";

/** What a page says of a lesson: an example of the playground, or one of the guided ones. */
interface Told {
  readonly id: string;
  readonly kind: "lesson" | "guide";
  readonly title: InTwoLanguages;
  readonly about: InTwoLanguages;
  readonly setup: readonly string[];
  readonly steps: readonly Step[];
}

export function lessonPages(): Plugin {
  let root = "";
  return {
    name: "lesson-pages",
    apply: "build",
    configResolved(config) {
      root = config.root;
    },
    writeBundle(options, bundle) {
      const folder = options.dir;
      const index = bundle["index.html"];
      if (folder === undefined || index?.type !== "asset") throw new Error("no index.html");
      const html = String(index.source);
      mkdirSync(join(folder, "lessons"), { recursive: true });
      for (const lesson of lessons(root)) {
        writeFileSync(join(folder, `lessons/${lesson.id}.html`), lessonPage(html, lesson, folder));
      }
      writeFileSync(join(folder, "index.html"), withPreview(html, null, folder));
    },
  };
}

/** Examples first: a guided lesson of the same name is the site's to show. */
function lessons(root: string): readonly Told[] {
  const examples = LESSONS.map(
    ({ id, title, intro, scenario: { setup, steps } }): Told => ({
      id,
      kind: "lesson",
      title,
      about: intro,
      setup,
      steps,
    }),
  );
  const guided = guidedLessons(root).map(
    ({ id, title, shows, setup, parts }): Told => ({
      id,
      kind: "guide",
      title,
      about: shows,
      setup,
      steps: parts.flatMap((part) => part.steps),
    }),
  );
  const taken = new Set(examples.map(({ id }) => id));
  return [...examples, ...guided.filter(({ id }) => !taken.has(id))];
}

function lessonPage(html: string, lesson: Told, folder: string): string {
  const title = `${lesson.title.en} · Interleave`;
  return withPreview(html, lesson, folder)
    .replace(/<title>[^<]*<\/title>/, `<title>${inMarkup(title)}</title>`)
    .replace(/(<meta\s+name="description"\s+content=")[^"]*/, `$1${inMarkup(lesson.about.en)}`)
    .replace('<meta name="viewport"', '<base href="../" />\n    $&')
    .replace(
      "</title>",
      `</title>\n    <meta name="interleave:${lesson.kind}" content="${lesson.id}" />`,
    )
    .replace(/<noscript>[^<]*/, `<noscript>${text(lesson)}`);
}

/** What a chat shows of a link. */
function withPreview(html: string, lesson: Told | null, folder: string): string {
  const site = process.env.SITE_URL ?? "./";
  const own = `preview/${lesson?.id ?? "site"}.png`;
  const picture = existsSync(join(folder, own)) ? own : "preview/site.png";
  const title = lesson?.title.en ?? "Interleave: watch InnoDB work";
  const about = lesson?.about.en ?? /name="description"\s+content="([^"]*)/.exec(html)?.[1] ?? "";
  const tags = [
    '<meta property="og:type" content="website" />',
    '<meta property="og:site_name" content="Interleave" />',
    `<meta property="og:title" content="${inMarkup(title)}" />`,
    `<meta property="og:description" content="${inMarkup(about)}" />`,
    `<meta property="og:image" content="${inMarkup(site + picture)}" />`,
    '<meta property="og:image:width" content="1200" />',
    '<meta property="og:image:height" content="630" />',
    '<meta name="twitter:card" content="summary_large_image" />',
  ];
  return html.replace("</head>", `  ${tags.join("\n    ")}\n  </head>`);
}

/** The lesson without its pictures. */
function text(lesson: Told): string {
  const lines = [
    ...lesson.setup.map((sql) => `${sql};`),
    ...lesson.steps.map((step) =>
      "sql" in step ? `${step.session}> ${step.sql};` : `-- ${JSON.stringify(step)}`,
    ),
  ];
  return [
    `<h1>${inMarkup(lesson.title.en)}</h1><p>${inMarkup(lesson.about.en)}</p>`,
    `<h2 lang="zh-CN">${inMarkup(lesson.title.zh)}</h2><p lang="zh-CN">${inMarkup(lesson.about.zh)}</p>`,
    `<pre>${inMarkup(lines.join("\n"))}</pre>`,
  ].join("");
}
