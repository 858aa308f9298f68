/**
 * Pictures as text, for reviewed snapshots: one line for every shape, where it is and what it is. Lengths are in
 * whole pixels.
 */
import type { Cell } from "../../src/diagrams/index_cells.ts";
import type { TablePicture } from "../../src/diagrams/index_picture.ts";
import type { TrxAxis } from "../../src/diagrams/trx_axis.ts";
import type { VersionPicture } from "../../src/diagrams/version_picture.ts";
import type { WaitGraph } from "../../src/diagrams/wait_graph.ts";

export function printTable(picture: TablePicture): string {
  const lines: string[] = [];
  for (const staff of picture.staffs) {
    lines.push(`${staff.name} (${staff.fields.join(", ")})  ${span(staff.box)}`);
    const { line } = staff;
    lines.push(`  line at y ${n(line.top)}..${n(line.top + line.height)}`);
    lines.push(`  ${staff.cells.map(cellText).join(" ")}`);
    for (const page of staff.pages) {
      const text = page.labels[0]?.text ?? "";
      lines.push(`  level ${page.level}  ${span(page.box)} y ${n(page.box.y)}  "${text}"`);
    }
    for (const lane of staff.lanes) {
      lines.push(`  lane ${lane.session}  y ${n(lane.box.y)}..${n(lane.box.y + lane.box.height)}`);
      for (const shape of lane.shapes) {
        const { box } = shape;
        const note = shape.note === null ? "" : `  "${shape.note.text}"`;
        lines.push(
          `    ${shape.status === "waiting" ? "~" : "-"} ${shape.kind} ${shape.letter.text}  x ${n(box.x)}..${n(box.x + box.width)} row ${shape.row}${note}`,
        );
      }
    }
    for (const band of staff.contended) lines.push(`  contended ${span(band)}`);
  }
  const pairs = picture.pairs.map((pair) => {
    const locked = pair.lockedBy === null ? "" : `(${pair.lockedBy})`;
    return `${n(pair.from.x)}->${n(pair.to.x)}${locked}`;
  });
  if (pairs.length > 0) lines.push(`pairs ${pairs.join(" ")}`);
  return `${lines.join("\n")}\n`;
}

export function printVersions(picture: VersionPicture): string {
  const lines: string[] = [];
  for (const card of picture.cards) {
    lines.push(`card ${span(card.box)}  ${card.title.text}`);
    for (const line of card.lines) {
      lines.push(`  ${line.isChanged ? "*" : " "} ${line.name.text} = ${line.value.text}`);
    }
    lines.push(`    ${card.status.map((label) => label.text).join(", ")}`);
  }
  for (const fold of picture.folds) {
    const said = fold.lines.map((line) => line.text).join(" ");
    lines.push(`fold ${span(fold.box)}  behind version ${fold.from - 1}: ${said}`);
  }
  lines.push(`end ${picture.end.text}`);
  for (const row of picture.views) {
    lines.push(`${row.heading.text}  ${row.conclusion.text}`);
    for (const cell of row.cells) {
      const mark = cell.verdict === null ? " " : cell.verdict.visible ? "+" : "x";
      lines.push(`  ${mark} ${cell.lines.map((label) => label.text).join(" ")}`);
    }
  }
  return `${lines.join("\n")}\n${printAxis(picture.axis)}`;
}

function printAxis(axis: TrxAxis): string {
  const slots = axis.slots.map((slot) => {
    const marks = `${slot.hasVersion ? "v" : ""}${slot.active ?? ""}${slot.isNext ? "next" : ""}${slot.isCommit ? "commit" : ""}`;
    return `${slot.label.text}${marks === "" ? "" : `(${marks})`}@${n(slot.x)}`;
  });
  const rows = axis.rows.map((row) => {
    const dots = row.dots.map((dot) => `${dot.id} ${dot.kind}`).join(", ");
    const captions = [row.highCaption, row.lowCaption, row.idsCaption].map((each) => each.text);
    return `  ${row.session} low ${n(row.lowMark)} high ${n(row.highMark)} [${dots}] ${captions.join(" | ")}`;
  });
  return `axis ${slots.join(" ")}\n${rows.join("\n")}\n`;
}

export function printGraph(graph: WaitGraph): string {
  const nodes = graph.nodes.map(
    (node) =>
      `${node.session} at ${n(node.centre.x)},${n(node.centre.y)}${node.isInvolved ? "" : " idle"}${node.isVictim ? " VICTIM" : ""}: ${node.lines.map((line) => line.text).join(", ")}`,
  );
  const edges = graph.edges.map(({ edge, label }) => {
    const said =
      label === null
        ? "as above"
        : `${label.lines.map((line) => line.text).join(" / ")}  at ${span(label.box)}`;
    const held = edge.held.map(({ kind, mode }) => (kind === null ? mode : `${kind} ${mode}`));
    return `${edge.from} -> ${edge.to}  held ${held.join(" and ")}  ${said}`;
  });
  return `${n(graph.width)} x ${n(graph.height)}\n${[...nodes, ...edges].join("\n")}\n`;
}

function cellText(cell: Cell): string {
  const x = n(cell.x);
  switch (cell.kind) {
    case "infimum":
      return `${x}:<${cell.text ?? ""}`;
    case "gap":
      return `${x}:_`;
    case "rec": {
      const marks = `${cell.deleted ? " deleted" : ""}${cell.writer === null ? "" : ` by ${cell.writer}`}${cell.olderVersions === 0 ? "" : ` +${cell.olderVersions}`}`;
      return `${x}:[${[cell.key, ...cell.notes].join("; ")}${marks}]`;
    }
    case "supremum":
      return `${x}:${cell.text ?? ""}>`;
    case "fold":
      return `${x}:(${cell.text})`;
  }
}

function span(box: { x: number; y: number; width: number; height: number }): string {
  return `${n(box.x)},${n(box.y)} ${n(box.width)}x${n(box.height)}`;
}

function n(value: number): number {
  return Math.round(value);
}
