/**
 * A part of the page as a picture of its own: boxes as rectangles, words as text where the browser has put them, drawings
 * with their styles written into them. No scripts, no style sheets, no foreign objects, no other files: every program that
 * knows SVG shows the same. Fonts are named with their fallbacks.
 *
 *     <section>            <rect .../>                     background and borders
 *       <h2>Versions</h2>  <text x y>Versions</text>       one for each run of words on a line
 *       <svg>...</svg>     <svg x y>...</svg>              presentation attributes instead of classes
 *
 * Departure: what the pictures do not use is not drawn: shadows, background images, transforms of boxes, form controls.
 */
import { copyDrawing } from "./drawing_to_svg.ts";
import { colourOf, SvgWriter, short } from "./svg_writer.ts";

export interface SvgPicture {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
  /** How wide it laid itself out before it was made to fit. */
  readonly ownWidth: number;
}

const WORDS = /[\u2e80-\u9fff\uff00-\uffef]|[^\s\u2e80-\u9fff\uff00-\uffef]+|\s+/g;
const NOT_DRAWN = new Set(["SCRIPT", "STYLE", "INPUT", "SELECT", "TEXTAREA", "TEMPLATE"]);

interface Place {
  readonly left: number;
  readonly top: number;
}

/** `width`: what laid itself out wider is made smaller. */
export function htmlToSvg(root: HTMLElement, title: string, width: number): SvgPicture {
  const box = root.getBoundingClientRect();
  const own = { width: Math.ceil(box.width), height: Math.ceil(box.height) };
  const height = Math.ceil((own.height * width) / own.width);
  const writer = new SvgWriter();
  writer.open("svg", {
    xmlns: "http://www.w3.org/2000/svg",
    width,
    height,
    viewBox: `0 0 ${own.width} ${own.height}`,
    role: "img",
  });
  writer.open("title", {});
  writer.text(title);
  writer.close("title");
  drawElement(writer, root, box);
  writer.close("svg");
  return { svg: writer.finish(), width, height, ownWidth: own.width };
}

function drawElement(writer: SvgWriter, element: Element, origin: Place): void {
  if (NOT_DRAWN.has(element.tagName)) return;
  const style = getComputedStyle(element);
  if (style.display === "none" || style.visibility !== "visible" || style.opacity === "0") return;
  const rect = element.getBoundingClientRect();
  const box = {
    x: rect.left - origin.left,
    y: rect.top - origin.top,
    width: rect.width,
    height: rect.height,
  };
  if (element instanceof SVGSVGElement) {
    copyDrawing(writer, element, box);
    return;
  }
  const isGroup = style.opacity !== "1";
  if (isGroup) writer.open("g", { opacity: style.opacity });
  drawBox(writer, style, box);
  const clip = isClipping(element, style) ? writer.freshId() : null;
  if (clip !== null) {
    writer.open("clipPath", { id: clip });
    writer.empty("rect", box);
    writer.close("clipPath");
    writer.open("g", { "clip-path": `url(#${clip})` });
  }
  for (const child of element.childNodes) {
    if (child instanceof Text) drawText(writer, child, style, origin);
    else if (child instanceof Element) drawElement(writer, child, origin);
  }
  if (clip !== null) {
    writer.close("g");
    drawContinued(writer, style, box, element);
  }
  if (isGroup) writer.close("g");
}

/** A line that goes on beyond where it is cut: three dots at that end. */
function drawContinued(writer: SvgWriter, style: CSSStyleDeclaration, box: Box, element: Element) {
  const left = element.scrollLeft > 1;
  const right = element.scrollLeft + element.clientWidth < element.scrollWidth - 1;
  const fill = colourOf(style.color)?.hex ?? null;
  const middle = box.y + box.height / 2;
  for (const x of [...(left ? [box.x + 4] : []), ...(right ? [box.x + box.width - 20] : [])]) {
    for (const at of [0, 1, 2]) {
      writer.empty("circle", { cx: x + 2 + at * 6, cy: middle, r: 2, fill });
    }
  }
}

function isClipping(element: Element, style: CSSStyleDeclaration): boolean {
  if (style.overflowX === "visible" && style.overflowY === "visible") return false;
  return (
    element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1
  );
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function drawBox(writer: SvgWriter, style: CSSStyleDeclaration, box: Box): void {
  const ground = colourOf(style.backgroundColor);
  const radius = Math.min(Number.parseFloat(style.borderTopLeftRadius) || 0, box.height / 2);
  const sides = ["Top", "Right", "Bottom", "Left"] as const;
  const borders = sides.map((side) => ({
    width: Number.parseFloat(style[`border${side}Width`]),
    colour: colourOf(style[`border${side}Color`]),
    line: style[`border${side}Style`],
  }));
  const [first] = borders;
  if (ground !== null && ground.alpha > 0) {
    writer.empty("rect", {
      ...box,
      rx: radius || null,
      fill: ground.hex,
      "fill-opacity": ground.alpha < 1 ? ground.alpha : null,
    });
  }
  if (first === undefined) return;
  const isDrawn = (border: typeof first): boolean =>
    border.width > 0 && border.line !== "none" && (border.colour?.alpha ?? 0) > 0;
  const dashes = (border: typeof first): string | null =>
    border.line === "dashed" ? `${border.width * 3} ${border.width * 2}` : null;
  const isRound = borders.every(
    (border) =>
      border.width === first.width && border.colour?.hex === first.colour?.hex && isDrawn(border),
  );
  if (isRound) {
    writer.empty("rect", {
      x: box.x + first.width / 2,
      y: box.y + first.width / 2,
      width: Math.max(0, box.width - first.width),
      height: Math.max(0, box.height - first.width),
      rx: Math.max(0, radius - first.width / 2) || null,
      fill: "none",
      stroke: first.colour?.hex ?? null,
      "stroke-width": first.width,
      "stroke-dasharray": dashes(first),
    });
    return;
  }
  const { x, y, width, height } = box;
  const ends = [
    [x, y, x + width, y, 0, 1],
    [x + width, y, x + width, y + height, -1, 0],
    [x, y + height, x + width, y + height, 0, -1],
    [x, y, x, y + height, 1, 0],
  ] as const;
  for (const [at, border] of borders.entries()) {
    const end = ends[at];
    if (end === undefined || !isDrawn(border)) continue;
    const [x1, y1, x2, y2, right, down] = end;
    const half = border.width / 2;
    writer.empty("line", {
      x1: x1 + right * half,
      y1: y1 + down * half,
      x2: x2 + right * half,
      y2: y2 + down * half,
      stroke: border.colour?.hex ?? null,
      "stroke-width": border.width,
      "stroke-dasharray": dashes(border),
    });
  }
}

/** Words that stand on one line are one text; the browser says where each of them stands. */
function drawText(writer: SvgWriter, node: Text, style: CSSStyleDeclaration, origin: Place): void {
  if (node.data.trim() === "") return;
  const colour = colourOf(style.color);
  if (colour === null) return;
  const font = {
    fill: colour.hex,
    "fill-opacity": colour.alpha < 1 ? colour.alpha : null,
    "font-family": style.fontFamily,
    "font-size": `${short(Number.parseFloat(style.fontSize))}px`,
    "font-weight": style.fontWeight === "400" ? null : style.fontWeight,
    "font-style": style.fontStyle === "normal" ? null : style.fontStyle,
    "text-decoration": style.textDecorationLine === "none" ? null : style.textDecorationLine,
    "xml:space": "preserve",
  };
  const { ascent, descent } = metricsOf(style);
  for (const line of linesOf(node)) {
    const text = style.textTransform === "uppercase" ? line.text.toUpperCase() : line.text;
    const { rect } = line;
    // A rectangle of text is as high as its font, wherever the line is.
    const baseline = rect.top + (rect.height - ascent - descent) / 2 + ascent;
    writer.open("text", { x: rect.left - origin.left, y: baseline - origin.top, ...font });
    writer.text(text);
    writer.close("text");
  }
}

interface TextLine {
  text: string;
  rect: DOMRect;
}

/** The node's text cut where the browser has broken it. */
function linesOf(node: Text): readonly TextLine[] {
  const range = document.createRange();
  const lines: TextLine[] = [];
  const keepsSpace = /pre/.test(getComputedStyle(node.parentElement as Element).whiteSpace);
  const rectsOf = (from: number, to: number): readonly DOMRect[] => {
    range.setStart(node, from);
    range.setEnd(node, to);
    return [...range.getClientRects()].filter((rect) => rect.width > 0);
  };
  const add = (piece: string, rect: DOMRect): void => {
    const last = lines.at(-1);
    const text = keepsSpace ? piece.replace(/\n/g, "") : piece.replace(/\s+/g, " ");
    if (text === "") return;
    if (last !== undefined && Math.abs(last.rect.top - rect.top) < 2) last.text += text;
    else if (text.trim() !== "" || keepsSpace) lines.push({ text, rect });
  };
  // Words; and single characters where lines may break between them.
  for (const found of node.data.matchAll(WORDS)) {
    const [piece] = found;
    const rects = rectsOf(found.index, found.index + piece.length);
    const [first] = rects;
    if (rects.length === 1 && first !== undefined) {
      add(piece, first);
      continue;
    }
    // A word that is longer than a line goes on in the next.
    for (let at = 0; rects.length > 1 && at < piece.length; at += 1) {
      const [rect] = rectsOf(found.index + at, found.index + at + 1);
      if (rect !== undefined) add(piece.charAt(at), rect);
    }
  }
  return lines;
}

const metrics = new Map<string, { ascent: number; descent: number }>();

function metricsOf(style: CSSStyleDeclaration): { ascent: number; descent: number } {
  const font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  const known = metrics.get(font);
  if (known !== undefined) return known;
  const context = document.createElement("canvas").getContext("2d");
  if (context === null) return { ascent: 0.9 * Number.parseFloat(style.fontSize), descent: 0 };
  context.font = font;
  const measured = context.measureText("M");
  const result = {
    ascent: measured.fontBoundingBoxAscent,
    descent: measured.fontBoundingBoxDescent,
  };
  metrics.set(font, result);
  return result;
}
