/** What Run runs: what the cursor was put on; of what was typed at one go the first that has not been run. */
import { expect, it } from "vitest";
import type { EditorMark } from "../../src/editor/editor_props.ts";
import { movedSpot, type Spot, START } from "../../src/editor/spot.ts";
import { statementMeant, statementsOf } from "../../src/editor/statements.ts";

const TEXT = "BEGIN; UPDATE t SET v = 1;\nCOMMIT;";

/** Typed letter by letter. */
function typed(text: string, before = "", spot: Spot = START): Spot {
  let [known, at] = [before, spot];
  for (let end = 1; end <= text.length; end += 1) {
    const next = before + text.slice(0, end);
    at = movedSpot(at, known, next, next.length);
    known = next;
  }
  return at;
}

const ticks = (text: string, count: number): readonly EditorMark[] =>
  statementsOf(text)
    .slice(0, count)
    .map(({ start, end }) => ({ start, end, kind: "done" }));
const meant = (text: string, spot: Spot, ran: number) =>
  statementMeant(text, spot, ticks(text, ran))?.text;

it("of what was typed the first comes first, then the next", () => {
  const spot = typed(TEXT);
  expect([0, 1, 2, 3].map((ran) => meant(TEXT, spot, ran))).toEqual([
    "BEGIN",
    "UPDATE t SET v = 1",
    "COMMIT",
    "COMMIT",
  ]);
});

it("what the cursor was put on is meant, wherever typing began", () => {
  const spot = movedSpot(typed(TEXT), TEXT, TEXT, TEXT.indexOf("COMMIT"));
  expect(meant(TEXT, spot, 0)).toBe("COMMIT");
  const within = movedSpot(spot, TEXT, TEXT, 9);
  expect(meant(TEXT, within, 0)).toBe("UPDATE t SET v = 1");
});

it("what is typed behind where the cursor was put is meant, and nothing before it", () => {
  const end = movedSpot(START, TEXT, TEXT, TEXT.length);
  expect(meant(`${TEXT} SELECT 1; SELECT 2;`, typed(" SELECT 1; SELECT 2;", TEXT, end), 0)).toBe(
    "SELECT 1",
  );
});

it("a letter that is changed within a statement means that one", () => {
  const inside = movedSpot(START, TEXT, TEXT, TEXT.indexOf("1") + 1);
  const changed = TEXT.replace("1", "12");
  const spot = movedSpot(inside, TEXT, changed, inside.caret + 1);
  expect(meant(changed, spot, 0)).toBe("UPDATE t SET v = 12");
});
