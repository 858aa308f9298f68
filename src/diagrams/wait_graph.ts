/**
 * The wait-for graph: sessions on a circle, arrows from who waits to who is in the way.
 *
 *     A ─────────▶ B      A session has its slot by its letter, whoever waits: nothing moves but the arrows.
 *                         Two stand side by side, a third below them; four stand clockwise, so that a ring
 *     D            C      of A, B, C and D does not cross itself; more than four go round.
 */

import { pathRound } from "d3";
import { maxOf, minOf } from "../base/lists.ts";
import type { SessionName } from "../trace/ids.ts";
import { refKey } from "../trace/ref.ts";
import type { DeadlockMember, DeadlockState, SessionState, State } from "../trace/state.ts";
import { around, type Box, type Label, labelBox, overlaps, type Point } from "./geometry.ts";
import { ellipsized, textWidth } from "./measure.ts";
import { type Curve, clearCurve, leastOf, RADIUS, SAMPLES } from "./wait_curves.ts";
import { deadlockEdges, type WaitEdge, type Wanted, waitEdges } from "./wait_edges.ts";

export interface WaitGraph {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

export interface GraphNode {
  readonly session: SessionName;
  readonly centre: Point;
  readonly radius: number;
  /** Connection, transaction, weight: under the circle. */
  readonly lines: readonly Label[];
  readonly isInvolved: boolean;
  readonly isVictim: boolean;
}

export interface GraphEdge {
  readonly id: string;
  readonly edge: WaitEdge;
  /** SVG path, and the arrow head's tip and angle in degrees. */
  readonly path: string;
  readonly tip: Point & { readonly angle: number };
  /** On the first arrow of each lock that is waited for; the others are of the same. */
  readonly label: EdgeLabel | null;
}

export interface EdgeLabel {
  readonly box: Box;
  readonly lines: readonly Label[];
}

export interface GraphTexts {
  readonly lines: (session: SessionState, member: DeadlockMember | null) => readonly string[];
  /** What is waited for, in words; MySQL's own names for it stand below. */
  readonly wanted: (wanted: Wanted) => string;
  readonly mdl: string;
  readonly userLock: string;
}

/** By the number of sessions: two, up to four, more. */
type Form = "row" | "square" | "round";

const LINE = 15;
/** Between an arrow and the words beside it. */
const BESIDE = 7;
const HEIGHT = { row: 150, square: 300, round: 420 };
/** As low as a graph gets when there is little room: then words are left to the list below it. */
const HEIGHT_MIN = { row: 96, square: 106, round: 260 };
/** Lower than this, two rows of sessions are so near each other that an arrow straight down would have no length. */
const STAGGERED_BELOW = 176;
const EDGE_MARGIN = { roomy: 70, tight: 46 };
/** Narrower or lower than it would like to be, a graph says less. */
const TIGHT_BELOW = { width: 380, share: 0.85 };
const REACH_MAX = 260;
/** From so many arrows on it is not plain which words belong to which. */
const CROWD = 3;
const SLOTS: Readonly<Record<number, readonly Point[]>> = {
  2: [
    { x: -1, y: 0 },
    { x: 1, y: 0 },
  ],
  3: [
    { x: -1, y: -1 },
    { x: 1, y: -1 },
    { x: 0, y: 1 },
  ],
  4: [
    { x: -1, y: -1 },
    { x: 1, y: -1 },
    { x: 1, y: 1 },
    { x: -1, y: 1 },
  ],
};

/** Four in two low rows, the lower one to the right. */
const STAGGERED: readonly Point[] = [
  { x: -1, y: -1 },
  { x: 0.4, y: -1 },
  { x: 1, y: 1 },
  { x: -0.4, y: 1 },
];

/** `room` is the height there is; the graph takes it up to what it needs, and says less in a small one. */
export function waitGraph(
  state: State,
  deadlock: DeadlockState | null,
  width: number,
  texts: GraphTexts,
  room: number = HEIGHT.round,
): WaitGraph {
  const edges = deadlock === null ? waitEdges(state) : deadlockEdges(deadlock);
  const sessions = state.sessions.filter(
    (session) => session.status !== "gone" && session.name !== "setup",
  );
  const slots = sessions.map((session, at) => slotOf(session.name, at));
  const count = maxOf(
    slots.map((slot) => slot + 1),
    2,
  );
  const form: Form = count === 2 ? "row" : count <= 4 ? "square" : "round";
  const height = Math.max(HEIGHT_MIN[form], Math.min(HEIGHT[form], Math.floor(room)));
  const isTight = width < TIGHT_BELOW.width || height < HEIGHT[form] * TIGHT_BELOW.share;
  const wordsOf = sessions.map((session) => {
    const all = texts.lines(session, memberOf(deadlock, session));
    return isTight ? all.slice(0, 1) : all;
  });
  const lineCount = maxOf(wordsOf.map(({ length }) => length));
  const nodes = sessions.map((session, at): GraphNode => {
    const member = memberOf(deadlock, session);
    const words = wordsOf[at] as readonly string[];
    const centre = slotCentre(slots[at] as number, count, { width, height, isTight, lineCount });
    const lines = nodeWords(words, centre, { width, height, form });
    return {
      session: session.name,
      centre,
      radius: RADIUS,
      lines,
      isInvolved: edges.some((edge) => edge.from === session.name || edge.to === session.name),
      isVictim: member !== null && deadlock?.victim === member.trx,
    };
  });
  // In two low rows words would lie across arrows, or below the picture: the list below has them.
  const isLow = form === "square" && height < STAGGERED_BELOW;
  const arrows = placedEdges(edges, nodes, { width, height, isTight }, texts).map((arrow) => {
    const hasRoom = arrow.label === null || bottomOf(arrow.label) <= height;
    return isLow && (edges.length >= CROWD || !hasRoom) ? { ...arrow, label: null } : arrow;
  });
  const bottoms = arrows.map(({ label }) => (label === null ? 0 : bottomOf(label)));
  return { width, height: maxOf(bottoms, height), nodes, edges: arrows };
}

/** Under a session, above it in the upper half; outside of a ring where it has room beside it, as arrows come from above and below. */
function nodeWords(
  words: readonly string[],
  { x, y }: Point,
  { width, height, form }: { readonly width: number; readonly height: number; readonly form: Form },
): readonly Label[] {
  const isLeft = x < width / 2;
  const beside = (isLeft ? x : width - x) - RADIUS - BESIDE;
  const isMiddle = form === "round" && Math.abs(y - height / 2) < RADIUS;
  const isBeside = isMiddle && words.every((text) => textWidth(text, "note") <= beside);
  const isAbove = form !== "row" && y < height / 2;
  const rest = (words.length - 1) * LINE;
  const first = isBeside ? -rest / 2 : isAbove ? -RADIUS - 10 - rest : RADIUS + 14;
  return words.map((text, line) => ({
    text,
    x: isBeside ? x + (isLeft ? -1 : 1) * (RADIUS + BESIDE) : x,
    y: y + first + line * LINE,
    anchor: isBeside ? (isLeft ? "end" : "start") : "middle",
    size: "note",
  }));
}

function bottomOf({ box }: EdgeLabel): number {
  return box.y + box.height + LINE / 2;
}

function memberOf(deadlock: DeadlockState | null, { name }: SessionState): DeadlockMember | null {
  return deadlock?.cycle.find(({ session }) => session === name) ?? null;
}

function slotOf(name: SessionName, at: number): number {
  const letter = name.length === 1 ? name.charCodeAt(0) - 65 : -1;
  return letter >= 0 && letter < 26 ? letter : at;
}

interface Room {
  readonly width: number;
  readonly height: number;
  readonly isTight: boolean;
  /** Of words at one session, at most. */
  readonly lineCount: number;
}

function slotCentre(slot: number, count: number, room: Room): Point {
  const { width, height, isTight, lineCount } = room;
  const reach = {
    x: Math.min(width / 2 - EDGE_MARGIN[isTight ? "tight" : "roomy"], REACH_MAX),
    y: height / 2 - RADIUS - (isTight ? 1.4 : Math.max(3, lineCount + 0.6)) * LINE,
  };
  const angle = Math.PI + (2 * Math.PI * slot) / count;
  const slots = count === 4 && height < STAGGERED_BELOW ? STAGGERED : SLOTS[count];
  const at = slots?.[slot] ?? { x: Math.cos(angle), y: Math.sin(angle) };
  // A row of two has its words below only.
  const lift = isTight ? LINE / 2 : LINE;
  const middle = { x: width / 2, y: count === 2 ? height / 2 - lift : height / 2 };
  return { x: middle.x + at.x * reach.x, y: middle.y + at.y * reach.y };
}

function placedEdges(
  edges: readonly WaitEdge[],
  nodes: readonly GraphNode[],
  { width, height, isTight }: Pick<Room, "width" | "height" | "isTight">,
  texts: GraphTexts,
): readonly GraphEdge[] {
  const arrows = edges.flatMap((edge) => {
    const from = nodes.find((node) => node.session === edge.from);
    const to = nodes.find((node) => node.session === edge.to);
    if (from === undefined || to === undefined) return [];
    const others = nodes.filter((node) => node !== from && node !== to).map(({ centre }) => centre);
    return [{ edge, curve: clearCurve(from.centre, to.centre, others, height) }];
  });
  const curves = arrows.map(({ curve }) => curve);
  const taken: Box[] = nodes.map(nodeBox);
  const named = new Set<string>();
  return arrows.map(({ edge, curve }): GraphEdge => {
    const word = edge.kind === "mdl" ? texts.mdl : edge.kind === "userLock" ? texts.userLock : "";
    const mode = word === "" ? edge.mode : `${word} ${edge.mode}`;
    // Among many arrows the words say whose they are.
    const whose = arrows.length < CROWD ? "" : `${edge.from}: `;
    const wanted = whose + texts.wanted(edge.wanted);
    const lines = isTight ? [wanted] : [wanted, mode, edge.on];
    const lock = edge.ref === null ? `${edge.from} ${edge.on}` : refKey(edge.ref);
    const label = named.has(lock)
      ? null
      : placedLabel(lines, curve, width, { taken, others: curves.filter((one) => one !== curve) });
    named.add(lock);
    if (label !== null) taken.push(label.box);
    const end = curve.at(1);
    const before = curve.at(0.97);
    return {
      id: `${edge.from} ${edge.to} ${lock}`,
      edge,
      path: bend(curve.at(0), curve.control, end),
      tip: { ...end, angle: angleOf(before, end) },
      label,
    };
  });
}

interface Around {
  /** Where no words may go: circles, their words, words of other arrows. */
  readonly taken: readonly Box[];
  readonly others: readonly Curve[];
}

/** The place along the curve that covers nothing else and lies on as little of the arrows as can be. */
function placedLabel(
  texts: readonly string[],
  curve: Curve,
  width: number,
  { taken, others }: Around,
): EdgeLabel {
  const shown = texts.map((line) => ellipsized(line, "note", width - 12));
  const boxWidth = maxOf(shown.map((line) => textWidth(line, "note"))) + 12;
  const boxHeight = shown.length * LINE + 4;
  const boxAt = (middle: Point): Box => ({
    x: Math.max(0, Math.min(middle.x - boxWidth / 2, width - boxWidth)),
    y: Math.max(0, middle.y - boxHeight / 2),
    width: boxWidth,
    height: boxHeight,
  });
  const boxesAlong = (ts: readonly number[], moves: readonly Point[]): readonly Box[] =>
    ts.map(curve.at).flatMap(({ x, y }) => moves.map((by) => boxAt({ x: x + by.x, y: y + by.y })));
  const candidates = boxesAlong(
    [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74],
    [0, -20, 20, -40, 40, -60, 60].map((y) => ({ x: 0, y })),
  );
  // Beside the arrow where there is room, so that all of it is seen; else on it.
  const down = { x: 0, y: boxHeight / 2 + BESIDE };
  const beside = boxesAlong([0.5, 0.42, 0.58], [down, { x: 0, y: -down.y }]);
  // A steep one has its room at its sides.
  const right = { x: boxWidth / 2 + BESIDE, y: 0 };
  const aside = boxesAlong([0.5, 0.42, 0.58, 0.34], [right, { x: -right.x, y: 0 }]);
  const isFree = (box: Box): boolean => !taken.some((other) => overlaps(box, other));
  const free = leastOf(
    [...beside, ...aside, ...candidates].filter(isFree),
    (box) =>
      [curve, ...others].reduce((sum, one) => sum + covered(box, one), 0) +
      (isAstray(box, curve, others) ? SAMPLES.length : 0),
  );
  // A crowd: below everything else, where there is always room.
  const below = maxOf(taken.map(({ y, height }) => y + height)) + LINE / 2;
  const box = free ?? { ...boxAt(curve.at(0.5)), y: below };
  const lines = shown.map(
    (line, at): Label => ({
      text: line,
      x: box.x + box.width / 2,
      y: box.y + 2 + (at + 0.5) * LINE,
      anchor: "middle",
      size: "note",
    }),
  );
  return { box, lines };
}

/** How much of an arrow lies under a box, in samples. */
function covered({ x, y, width, height }: Box, curve: Curve): number {
  return SAMPLES.filter((t) => {
    const at = curve.at(t);
    return at.x > x && at.x < x + width && at.y > y && at.y < y + height;
  }).length;
}

/** Words nearer to another arrow are taken for its own. */
function isAstray(box: Box, curve: Curve, others: readonly Curve[]): boolean {
  const own = distanceTo(box, curve);
  return others.some((other) => distanceTo(box, other) < own);
}

function distanceTo({ x, y, width, height }: Box, curve: Curve): number {
  const distances = SAMPLES.map((t) => {
    const at = curve.at(t);
    const aside = Math.max(x - at.x, at.x - x - width, 0);
    return Math.hypot(aside, Math.max(y - at.y, at.y - y - height, 0));
  });
  return minOf(distances);
}

function nodeBox(node: GraphNode): Box {
  const { centre } = node;
  const circle = {
    x: centre.x - RADIUS - 4,
    y: centre.y - RADIUS - 4,
    width: 2 * RADIUS + 8,
    height: 2 * RADIUS + 8,
  };
  return around([circle, ...node.lines.map(labelBox)]);
}

function angleOf(from: Point, to: Point): number {
  return (Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI;
}

function bend(from: Point, control: Point, to: Point): string {
  const line = pathRound(1);
  line.moveTo(from.x, from.y);
  line.quadraticCurveTo(control.x, control.y, to.x, to.y);
  return line.toString();
}
