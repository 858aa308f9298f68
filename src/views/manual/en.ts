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
  here: {
    title: "What you see now, as code for a post",
    lead: "The scenario of the playground as you left it, with its text and a picture for readers without scripts, for feeds and for paper.",
    code: "Code for a post",
    waits: "waits",
  },
  sections: [
    {
      id: "minute",
      title: "Embed in one minute",
      parts: [
        text(
          "These lines go into any HTML: a blog, a wiki, a slide. The script has some 2 KB; the playground itself is loaded when it comes near the window.",
        ),
        code(ELEMENT),
        text(
          "What stands inside the element is shown until the playground is there, and on paper. Without the element, a plain frame does the same at a fixed height:",
        ),
        code(FRAME),
      ],
    },
    {
      id: "block",
      title: "A code block that is in the post anyway",
      parts: [
        text(
          "A block with the attribute data-interleave, or a Markdown fence with the language interleave, becomes a playground where the script runs and stays a code block everywhere else. What stands before the first session is the set-up; a comment with a session's name counts for all that follows, behind a statement for that statement; +3 s lets time pass.",
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
            ["lesson", "the name of an example, as in its address", ""],
            ["scenario", "a link made with the link button, or the part behind #s=", ""],
            ["src", "address of a scenario file or an SQL text; your page fetches it", ""],
            ["panels", "sessions, index, versions, waits", "sessions, index"],
            ["theme", "light, dark, auto", "auto: as the reader's system"],
            ["lang", "en, zh", "as the reader's browser"],
            ["at", "3: behind step 3; 0: the set-up; e12: behind event 12", "the end"],
            ["editable", "no: the reader runs nothing of their own", "yes"],
            ["autoplay", "yes: plays from the start, unless the reader wants less motion", "no"],
            ["height", "pixels: keeps this height", "as high as what it shows"],
            ["sandbox", "makes a frame without an origin; a value is passed on", "no sandbox"],
          ],
        ),
        text(
          "The fragment of the plain frame's address takes the same names, but for src, height and sandbox.",
        ),
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
            ["step", "host", "by: event or statement; back"],
            ["goto", "host", "position (events), step, or to: start or end"],
            [
              "state",
              "frame",
              "position, length, step, steps, playing, sessions (name, status, waitsFor), sentence",
            ],
            ["outcome", "frame", "session, sql, kind (rows, ok, error, lost), errno, output"],
            ["resize", "frame", "height in CSS pixels"],
            ["error", "frame", "message; what was asked for could not be opened"],
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
      id: "offline",
      title: "Offline",
      parts: [
        text(
          "After the first visit the page works without a network, editor, both languages and all examples included, and can be installed from the browser's menu. A newer version offers itself; until you take it, nothing changes, and what you typed and ran stays.",
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
            ["sessions", "4: A to D"],
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
