/** A click on a statement in the timeline leads to the end of its command, wherever in it the click was. */
import { expect, it } from "vitest";
import { endOfCommandAt } from "../../src/views/timeline/use_bar_drag.ts";

const timeline = {
  length: 30,
  commandStarts: [
    { command: 0, position: 10 },
    { command: 1, position: 14 },
    { command: 2, position: 22 },
  ],
};

it.each([
  [11, 14],
  [14, 14],
  [15, 22],
  [22, 22],
  [23, 30],
])("from %i to %i", (clicked, end) => {
  expect(endOfCommandAt(timeline, clicked)).toBe(end);
});
