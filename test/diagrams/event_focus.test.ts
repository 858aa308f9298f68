import { expect, it } from "vitest";
import { boxOf, eventRef, readingHead } from "../../src/diagrams/event_focus.ts";
import { tablePicture } from "../../src/diagrams/index_picture.ts";
import { applyEvents, initialState } from "../../src/trace/apply.ts";
import type { TableId } from "../../src/trace/ids.ts";
import { scene } from "../fixtures/scenes.ts";
import { pictureOptions } from "./texts.ts";

it("the reading head goes along the line as the scan does, from the first record to the supremum", () => {
  const { events, state } = scene("fullScan");
  const picture = tablePicture(state, 1 as TableId, pictureOptions(860));
  const heads = events
    .filter((event) => event.type === "rec.visited" && event.session === "A")
    .map((event) => readingHead(picture, event));
  expect(heads.map((head) => head?.session)).toEqual(Array(7).fill("A"));
  const places = heads.map((head) => head?.x ?? 0);
  expect([...places].sort((a, b) => a - b)).toEqual(places);
});

it("what an event is about is in the picture of the state that it leads to", () => {
  const { events } = scene("secondaryRange");
  const kinds = new Set<string>();
  for (const [at, event] of events.entries()) {
    const ref = eventRef(event);
    if (event.session === "setup" || (ref?.kind !== "rec" && ref?.kind !== "lock")) continue;
    kinds.add(ref.kind);
    const state = applyEvents(initialState, events.slice(0, at + 1));
    const isTableLock = ref.kind === "lock" && "lock" in event && !("rec" in event.lock);
    const picture = tablePicture(state, 1 as TableId, pictureOptions(860));
    expect(boxOf(picture, ref) === null, JSON.stringify(event)).toBe(isTableLock);
  }
  expect([...kinds].sort()).toEqual(["lock", "rec"]);
});
