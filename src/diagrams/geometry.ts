/**
 * Points, boxes and labels: what every picture is made of. Units are CSS pixels, y goes down. A label knows the
 * box it needs, so that "nothing overlaps that a person has to read" can be computed and tested.
 */

import { pathRound } from "d3";
import { maxOf, minOf } from "../base/lists.ts";
import { FONT_PX, type FontSize, textWidth } from "./measure.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** One line of text; (x, y) is its anchor on the vertical middle. */
export interface Label extends Point {
  readonly text: string;
  readonly anchor: "start" | "middle" | "end";
  readonly size: FontSize;
}

export function labelBox(label: Label): Box {
  const width = textWidth(label.text, label.size);
  const height = FONT_PX[label.size] + 2;
  const shift = { start: 0, middle: width / 2, end: width }[label.anchor];
  return { x: label.x - shift, y: label.y - height / 2, width, height };
}

export function overlaps(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

export function contains(outer: Box, inner: Box): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

/** The smallest box around all. */
export function around(boxes: readonly Box[]): Box {
  const left = minOf(boxes.map((box) => box.x));
  const top = minOf(boxes.map((box) => box.y));
  const right = maxOf(boxes.map((box) => box.x + box.width));
  const bottom = maxOf(boxes.map((box) => box.y + box.height));
  return { x: left, y: top, width: right - left, height: bottom - top };
}

export type Corner = readonly [x: number, y: number];

/** The closed outline through the corners, as the `d` of an SVG path. */
export function outline(corners: readonly Corner[]): string {
  const line = pathRound(1);
  for (const [at, [x, y]] of corners.entries()) {
    if (at === 0) line.moveTo(x, y);
    else line.lineTo(x, y);
  }
  line.closePath();
  return line.toString();
}
