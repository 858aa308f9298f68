/**
 * How wide a text is, without a browser: pictures are laid out the same in a test, a worker and a page.
 *
 * Diagrams are set in the monospaced face, whose Latin letters are 0.6 em wide and whose Chinese ones 1 em; the
 * figures here are a little on the safe side.
 */

/** The four sizes of type in a picture. */
export type FontSize = "key" | "label" | "note" | "mark";

export const FONT_PX: Readonly<Record<FontSize, number>> = {
  key: 14,
  label: 12,
  note: 11,
  mark: 11,
};

const LATIN_EM = 0.61;
const WIDE_EM = 1.02;
const FIRST_WIDE = 0x1100;
/** Punctuation that stays with what is before it, Latin and full-width. */
const CLOSING = ",.:;)\u3001\u3002\uff0c\uff1a\uff1b\uff09\u300d";
/** Chinese, Japanese, Korean and full-width forms. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/;

export function textWidth(text: string, size: FontSize): number {
  let em = 0;
  for (const character of text) em += isWide(character) ? WIDE_EM : LATIN_EM;
  return em * FONT_PX[size];
}

/** The text, or as much of it as fits with an ellipsis. Looks no further than it fits. */
export function ellipsized(text: string, size: FontSize, width: number): string {
  let em = 0;
  let at = 0;
  let kept = 0;
  for (const character of text) {
    em += isWide(character) ? WIDE_EM : LATIN_EM;
    if (em * FONT_PX[size] > width) return `${text.slice(0, kept)}…`;
    at += character.length;
    if ((em + LATIN_EM) * FONT_PX[size] <= width) kept = at;
  }
  return text;
}

/** Lines of at most `width`, broken at spaces and between wide characters; a longer word is cut. */
export function wrapped(text: string, size: FontSize, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const piece of pieces(text)) {
    const longer = line + piece;
    if (line !== "" && textWidth(longer.trimEnd(), size) > width) {
      lines.push(line.trimEnd());
      line = piece.trimStart();
    } else {
      line = longer;
    }
  }
  if (line.trim() !== "") lines.push(line.trimEnd());
  return lines.map((each) => ellipsized(each, size, width));
}

function isWide(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return code >= FIRST_WIDE && (WIDE.test(character) || code > 0x1f000);
}

/** Words with the space behind them; closing punctuation stays with what is before it. */
function pieces(text: string): readonly string[] {
  const out: string[] = [];
  let word = "";
  for (const character of text) {
    const closes = CLOSING.includes(character);
    if (isWide(character) && !closes) {
      if (word !== "") out.push(word);
      word = character;
    } else if (closes) {
      word += character;
      out.push(word);
      word = "";
    } else if (word !== "" && isWide([...word].at(-1) as string) && character !== " ") {
      out.push(word);
      word = character;
    } else {
      word += character;
      if (character === " ") {
        out.push(word);
        word = "";
      }
    }
  }
  if (word !== "") out.push(word);
  return out;
}
