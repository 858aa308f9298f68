/** Every text of a picture as a box, to see that none covers another. */
import { type Box, type Label, labelBox, overlaps } from "../../src/diagrams/geometry.ts";
import { cellTexts } from "../../src/diagrams/index_cells.ts";
import type { TablePicture } from "../../src/diagrams/index_picture.ts";
import type { VersionPicture } from "../../src/diagrams/version_picture.ts";
import type { WaitGraph } from "../../src/diagrams/wait_graph.ts";

export interface Placed {
  readonly what: string;
  readonly box: Box;
}

export function tableLabels(picture: TablePicture): readonly Placed[] {
  return picture.staffs.flatMap((staff) => [
    ...staff.cells.flatMap((cell) =>
      cellTexts(cell, staff.line.height).map((text) =>
        placed({ ...text, x: text.x + cell.x, y: text.y + staff.line.top }),
      ),
    ),
    ...staff.pages.flatMap((page) => page.labels.map(placed)),
    ...staff.lanes.flatMap((lane) =>
      lane.shapes.flatMap((shape) => [
        // A wedge stands for its mode and has no letter.
        ...(shape.kind === "insertIntention" ? [] : [placed(shape.letter)]),
        ...(shape.note === null ? [] : [placed(shape.note)]),
      ]),
    ),
  ]);
}

export function versionLabels(picture: VersionPicture): readonly Placed[] {
  return [
    ...picture.cards.flatMap((card) => [
      placed(card.title),
      ...card.lines.flatMap((line) => [placed(line.name), placed(line.value)]),
      ...card.status.map(placed),
    ]),
    ...picture.folds.flatMap((fold) => fold.lines.map(placed)),
    placed(picture.end),
    ...picture.views.flatMap((row) => [
      placed(row.heading),
      placed(row.conclusion),
      ...row.cells.flatMap((cell) => cell.lines.map(placed)),
    ]),
    placed(picture.axis.title),
    ...picture.axis.slots.map((slot) => placed(slot.label)),
    ...picture.axis.rows.flatMap((row) => [
      placed(row.highCaption),
      placed(row.lowCaption),
      placed(row.idsCaption),
      ...row.zones.map(placed),
    ]),
  ];
}

export function graphLabels(graph: WaitGraph): readonly Placed[] {
  return [
    ...graph.nodes.flatMap((node) => [
      {
        what: `circle ${node.session}`,
        box: {
          x: node.centre.x - node.radius,
          y: node.centre.y - node.radius,
          width: 2 * node.radius,
          height: 2 * node.radius,
        },
      },
      ...node.lines.map(placed),
    ]),
    ...graph.edges.flatMap(({ id, label }) =>
      label === null ? [] : [{ what: `label ${id}`, box: label.box }],
    ),
  ];
}

/** "a over b" for every two that cover each other. */
export function collisions(all: readonly Placed[]): readonly string[] {
  const found: string[] = [];
  for (const [at, a] of all.entries()) {
    for (const b of all.slice(at + 1)) {
      if (overlaps(shrunk(a.box), shrunk(b.box))) found.push(`${a.what} over ${b.what}`);
    }
  }
  return found;
}

function placed(label: Label): Placed {
  return { what: `"${label.text}"`, box: labelBox(label) };
}

/** Touching is not covering. */
function shrunk(box: Box): Box {
  return { x: box.x + 0.5, y: box.y + 1, width: box.width - 1, height: box.height - 2 };
}
