/** The code for a post stays one block of HTML in Markdown: nothing in it is a blank line, and a reader sees the same text. */
import { micromark } from "micromark";
import { expect, it } from "vitest";
import { withoutBlankLines } from "../../src/views/manual/post_code.ts";

function seen(markup: string): string {
  return markup.replaceAll("&#10;", "\n");
}

it.each(["SELECT 1;\n\nSELECT 2;", "SELECT 1;\n\n\n\nSELECT 2;\n", "a\nb"])(
  "%j has no blank line and reads as before",
  (text) => {
    const written = withoutBlankLines(text);
    expect(written).not.toMatch(/\n[ \t]*\n/);
    expect(seen(written)).toBe(text);
  },
);

it("a line of spaces is a blank line too", () => {
  expect(withoutBlankLines("a\n  \nb")).toBe("a\n&#10;b");
});

it("is one block of HTML in CommonMark", () => {
  const code = `<b-c>\n<pre><code>${withoutBlankLines("SELECT 1;\n\n  -- a_b_c\n\nSELECT *x*;")}</code></pre>\n</b-c>`;
  expect(micromark(code, { allowDangerousHtml: true })).toBe(code);
});
