/** The manual in English. */
import {
  BLOCK,
  code,
  ELEMENT,
  FRAME,
  type ManualText,
  MESSAGES,
  METHODS,
  table,
  text,
} from "./manual_text.ts";

export const en: ManualText = {
  title: "Manual for authors",
  lead: "Put a playground into your own post, drive it from your page, and know what it can and cannot do.",
  back: "To the playground",
  copy: "Copy",
  names: { examples: "Examples", guided: "Guided lessons" },
  here: {
    title: "What you see now, as code for a post",
    lead: "The scenario of the playground as you left it, with its text and a picture for readers without scripts, for feeds and for paper.",
    code: "Code for a post",
    waits: "waits",
    panels: "Panels",
    panelNames: {
      sessions: "Sessions",
      index: "Indexes and locks",
      versions: "Versions",
      waits: "Who waits for whom",
    },
    theme: "Colours",
    lang: "Language",
    reader: "as the reader's",
  },
  sections: [
    {
      id: "minute",
      title: "Embed in one minute",
      parts: [
        text(
          "These lines go into any HTML: a blog, a wiki, a slide. The script has some 4 KB; the playground itself is loaded when it comes near the window.",
        ),
        code(ELEMENT),
        text(
          "What stands inside the element is shown until the playground is there, and on paper. Without the element, a plain frame does the same at a fixed height:",
        ),
        code(FRAME),
        text(
          "It takes neither scroll nor focus. A reader who clicks into it has the keys of the page: arrows by an event, with Shift by a statement, Home, End, Space to play, and Ctrl+Z to take back what was run.",
        ),
      ],
    },
    {
      id: "block",
      title: "A code block that is in the post anyway",
      parts: [
        text(
          "A block with the attribute data-interleave, or a Markdown fence with the language interleave, becomes a playground where the script runs and stays a code block everywhere else. What stands before the first session is the set-up; a comment with a session's name counts for all that follows, behind a statement for that statement; +3 s lets time pass. It opens at the end of what the sessions did, before purge; where the story is in its middle, at says so: in this one B waits behind step 3, and nobody waits at the end.",
        ),
        code(BLOCK),
        text(
          "An <img data-interleave-picture> right behind the block goes with it: it is seen where no script runs, and on paper.",
        ),
      ],
    },
    {
      id: "attributes",
      title: "Attributes",
      parts: [
        table(
          ["attribute", "values", "without it"],
          [
            ["lesson", "the name of a guided lesson or of an example: the list is below", ""],
            ["title", "a name for your own scenario, above it", "the lesson's; else Interleave"],
            ["scenario", "a link made with the link button, or the part behind #s=", ""],
            ["src", "address of a scenario file or an SQL text; your page fetches it", ""],
            [
              "panels",
              "sessions, index, versions, waits",
              "what the lesson wants; else sessions, index",
            ],
            ["theme", "light, dark, auto", "auto: as the reader's system"],
            ["lang", "en, zh", "as the reader's browser"],
            [
              "at",
              "3: behind step 3; 0: the set-up; e12: behind event 12; p2: part 2 of a guided lesson",
              "the end, of a text or scenario file the end of what its sessions did; a guided lesson's beginning",
            ],
            ["editable", "no: the reader runs nothing of their own", "yes"],
            ["autoplay", "yes: plays from the start, unless the reader wants less motion", "no"],
            [
              "height",
              "pixels, 100 at least: keeps this height, and scrolls inside",
              "as high as what it shows",
            ],
            ["sandbox", "makes a frame without an origin; a value is passed on", "no sandbox"],
          ],
        ),
        text(
          "The fragment of the plain frame's address takes the same names, but for src, height and sandbox. A value that makes no sense counts as not written, and the console of your page says so.",
        ),
        text(
          "When nothing can be opened (no lesson of that name, a damaged link, an src that is not there, a block without sessions, a set-up that fails), the console of your page says why, the element sends interleave-error, and what stands inside it stays, with a line above it; an empty element shows the frame, which says it.",
        ),
        text(
          "A guided lesson brings its text: it says what comes, asks for a prediction, runs the statements when the reader presses the button, and shows what the server did. Nothing is run before that, so at 3 opens the part that follows on step 3, and autoplay does nothing. An example opens with everything run.",
        ),
        { kind: "names" },
      ],
    },
    {
      id: "messages",
      title: "Messages",
      parts: [
        text(
          "The element has methods and events; a plain frame speaks by postMessage. Every message carries interleave: 1, the version of this contract. The frame talks only to the window that embeds it, and only to the origin that said hello.",
        ),
        code(METHODS),
        code(MESSAGES),
        table(
          ["message", "from", "fields"],
          [
            ["ready", "frame", "greeted, panels; when it listens, and in answer to hello"],
            ["hello", "host", ""],
            ["load", "host", "one of lesson, link, text, scenario"],
            ["step", "host", "by: event or statement (if left out); back: true for backward"],
            [
              "goto",
              "host",
              "position (events), step, or to: start or end; beyond the last an error comes back",
            ],
            [
              "state",
              "frame",
              "position, length, step, steps, playing, sessions (name, status, waitsFor), sentence",
            ],
            ["outcome", "frame", "session, sql, kind (rows, ok, error, lost), errno, output"],
            ["resize", "frame", "height in CSS pixels"],
            [
              "error",
              "frame",
              "message, in the frame's language; about: open (cannot be opened), message (not understood: unknown type, missing or wrong field), place (no such step or event, or at that end already). After the last two nothing has changed",
            ],
          ],
        ),
      ],
    },
    {
      id: "links",
      title: "Links and lessons",
      parts: [
        text(
          "The link button copies a link to what you see: tables, statements, the place in time, selection, layout, language. Everything is in the fragment, so no server ever gets it; links that were made once keep opening. #/lesson/NAME opens an example; lessons/NAME.html is the same as a page with a title, a description and a picture, for search engines and chats.",
        ),
      ],
    },
    {
      id: "files",
      title: "Files, scripts and tests of others",
      parts: [
        text(
          "The menu File, a drop anywhere on the page, or a paste outside of an editor opens a text. Its format is found out by itself; what is left out or changed is said with its line, and the text can be mended before it opens. Undo brings back what was there.",
        ),
        table(
          ["opens", "what is read of it"],
          [
            [".interleave, .json, .jsonl", "scenarios, lists of them, recorded transcripts"],
            [
              "SQL with sessions in comments",
              "BEGIN; -- T1 behind statements as in hermitage, -- session A above them, /* client a */ before them; -- +3 s lets time pass",
            ],
            [
              "A> BEGIN",
              "a session's name before each statement; what stands behind --- is passed over",
            ],
            ["Markdown", "fenced SQL under its headings, tables with a column for each session"],
            ["mysqltest", "connect, connection, send, reap, --error, let with plain values"],
            [
              "isolation-tester specs",
              "each permutation; PostgreSQL's SQL is put into MySQL's words where it means the same",
            ],
            [
              "InnoDB's deadlock log",
              "SHOW ENGINE INNODB STATUS, its section LATEST DETECTED DEADLOCK, or the error log, of MySQL 5.7 to 9: it becomes a scenario that comes to the same deadlock. Paste what SHOW CREATE TABLE prints along, and the rows are read exactly; without it the tables are a guess. What the log does not say is made up and listed",
            ],
            ["YAML", "scenario files of database-transactions"],
            ["Go", "transaction tests of go-mysql-server: Name, SetUpScript, Query"],
          ],
        ),
        table(
          ["goes out as", "what for"],
          [
            [".interleave", "opens here again: tables, steps, editors, the place in time (Ctrl+S)"],
            ["SQL", "one file with the sessions in comments, or a file for each session"],
            ["mysqltest", "MySQL's own test program: what waited is sent and reaped"],
            [
              "Python",
              "plays the schedule on a real server, a thread for each session, and compares every step; needs pymysql",
            ],
            ["text", "each statement with what the server answered"],
            [
              "one HTML file",
              "scenario, or lesson with its text, and the whole server in one file of 1.6 MB, for a class without a network: opens from a disk or a USB stick",
            ],
          ],
        ),
        text(
          "Pictures of the stage are taken as SVG that needs nothing else, as PNG in three sizes, to the clipboard, or of any range of the story as GIF, MP4 or WebM, a frame for each statement or event, in either language and colours.",
        ),
      ],
    },
    {
      id: "offline",
      title: "Offline",
      parts: [
        text(
          "After the first visit the page works without a network, editor, both languages and all lessons included, and can be installed from the browser's menu; the installed app opens .interleave files. Two libraries, for video and for YAML, and the form of the one HTML file are kept when they are first used. A newer version offers itself; until you take it, nothing changes, and what you typed and ran stays. Embeds in posts are not kept: without a network the text inside the element stays, and embed.html cannot be opened.",
        ),
      ],
    },
    {
      id: "limits",
      title: "Limits",
      parts: [
        table(
          ["what", "how much"],
          [
            ["sessions", "8: A to H"],
            ["statements in a link", "2,000; 100,000 letters of link, 1 MB of text"],
            ["rows that one statement looks at", "1,000,000, then it is given up with an error"],
            ["a statement that does not end", "the server is started again after 20 s"],
            ["text of a code block or message", "200,000 letters"],
          ],
        ),
        text(
          "The site asks no other host for anything, and its Content-Security-Policy forbids it; therefore src is fetched by your page. If your page has a policy of its own, allow the site in script-src and frame-src. Nothing a reader types leaves the browser. In an embed nothing is kept: closing the page forgets it.",
        ),
        text(
          "It is a simulation of MySQL 9.7 with InnoDB. How far it agrees with the real server is measured, scenario by scenario, on the page Fidelity.",
        ),
      ],
    },
  ],
};
