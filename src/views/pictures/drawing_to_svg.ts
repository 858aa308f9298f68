/** A drawing of the page copied into another: what style sheets say of each shape is written at the shape. */
import { colourOf, type SvgWriter } from "./svg_writer.ts";

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Geometry and references; everything else about the look comes from the computed style. */
const KEPT =
  /^(d|x|y|x1|y1|x2|y2|cx|cy|r|rx|ry|width|height|dx|dy|points|offset|viewBox|preserveAspectRatio|patternUnits|patternTransform|patternContentUnits|gradientUnits|markerWidth|markerHeight|refX|refY|orient|pathLength)$/;
/** [property, what it is when nobody says anything, whether children have it from their parents] */
const STYLES = [
  ["stroke-width", "1px", true],
  ["stroke-dasharray", "none", true],
  ["stroke-linecap", "butt", true],
  ["stroke-linejoin", "miter", true],
  ["stroke-opacity", "1", true],
  ["fill-opacity", "1", true],
  ["fill-rule", "nonzero", true],
  ["opacity", "1", false],
  ["font-family", "", true],
  ["font-size", "", true],
  ["font-weight", "400", true],
  ["font-style", "normal", true],
  ["text-anchor", "start", true],
  ["dominant-baseline", "auto", true],
  ["paint-order", "normal", true],
  ["text-decoration-line", "none", false],
] as const;
const SHAPES = new Set("path rect circle ellipse line polyline polygon text tspan".split(" "));
const CONTAINERS = new Set(
  "g defs pattern clipPath linearGradient stop marker mask symbol".split(" "),
);

type Inherited = Readonly<Record<string, string>>;

export function copyDrawing(writer: SvgWriter, svg: SVGSVGElement, box: Box): void {
  const viewBox = svg.getAttribute("viewBox");
  const style = getComputedStyle(svg);
  const { attributes, inherited } = styled(writer, style, {});
  writer.open("svg", {
    ...box,
    viewBox,
    preserveAspectRatio: svg.getAttribute("preserveAspectRatio"),
    overflow: style.overflow === "visible" ? "visible" : null,
    ...attributes,
  });
  for (const child of svg.children) copyNode(writer, child, inherited);
  writer.close("svg");
}

function copyNode(writer: SvgWriter, element: Element, above: Inherited): void {
  const { tagName } = element;
  if (!SHAPES.has(tagName) && !CONTAINERS.has(tagName) && tagName !== "svg") return;
  const style = getComputedStyle(element);
  if (style.display === "none" || style.visibility !== "visible" || style.opacity === "0") return;
  if (tagName === "svg" && element instanceof SVGSVGElement) {
    const { x, y, width, height } = element;
    const at = { x: x.baseVal.value, y: y.baseVal.value };
    copyDrawing(writer, element, {
      ...at,
      width: width.baseVal.value,
      height: height.baseVal.value,
    });
    return;
  }
  const { attributes, inherited, isInvisible } = styled(writer, style, above);
  // What is only there to be pointed at.
  if (isInvisible && SHAPES.has(tagName) && tagName !== "text") return;
  const kept: Record<string, string | null> = {};
  for (const { name, value } of element.attributes) if (KEPT.test(name)) kept[name] = value;
  if (element.id !== "") kept.id = writer.id(element.id);
  const transform =
    style.transform === "none" ? element.getAttribute("transform") : style.transform;
  const all = { ...kept, transform, ...attributes };
  if (element.childNodes.length === 0) {
    writer.empty(tagName, all);
    return;
  }
  writer.open(tagName, all);
  for (const child of element.childNodes) {
    if (child instanceof Element) copyNode(writer, child, inherited);
    else if (child instanceof Text && (tagName === "text" || tagName === "tspan")) {
      writer.text(child.data);
    }
  }
  writer.close(tagName);
}

/** The attributes that differ from what the shape has from above anyway. */
function styled(writer: SvgWriter, style: CSSStyleDeclaration, above: Inherited) {
  const attributes: Record<string, string | number | null> = {};
  const inherited: Record<string, string> = { ...above };
  for (const paint of ["fill", "stroke"] as const) {
    const value = style[paint];
    const written = paintOf(writer, value);
    const opacity = colourOf(value)?.alpha ?? 1;
    const initial = paint === "fill" ? "#000000" : "none";
    if (written !== (above[paint] ?? initial)) attributes[paint] = written;
    if (opacity < 1 && opacity > 0) attributes[`${paint}-opacity`] = opacity;
    inherited[paint] = written;
  }
  for (const [name, initial, isInherited] of STYLES) {
    const value = style.getPropertyValue(name);
    const before = (isInherited ? above[name] : undefined) ?? initial;
    const attribute = name === "text-decoration-line" ? "text-decoration" : name;
    if (value !== before && attributes[attribute] === undefined) attributes[attribute] = value;
    if (isInherited) inherited[name] = value;
  }
  const isInvisible = inherited.fill === "none" && inherited.stroke === "none";
  return { attributes, inherited, isInvisible };
}

function paintOf(writer: SvgWriter, value: string): string {
  const reference = /^url\("?#([^")]+)"?\)/.exec(value);
  if (reference?.[1] !== undefined) return `url(#${writer.id(reference[1])})`;
  const colour = colourOf(value);
  return colour === null || colour.alpha === 0 ? "none" : colour.hex;
}
