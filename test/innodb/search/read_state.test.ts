/** The read side of a handler: used again by another statement it is as it was at first. */
import { expect, test } from "vitest";
import type { Prebuilt } from "../../../src/innodb/prebuilt.ts";
import { beginAnew, newReadState } from "../../../src/innodb/search/read_state.ts";
import type { EngineContext } from "../../../src/innodb/types.ts";

/** What the search does not set each time. */
const LASTING = ["context", "prebuilt", "scan"];

test("a handler that begins anew has forgotten all that it was told and has read", () => {
  const fresh = () => newReadState({} as EngineContext, {} as Prebuilt);
  const state = fresh();
  const fields = Object.keys(state).filter((field) => !LASTING.includes(field));
  expect(fields.length).toBeGreaterThan(10);
  for (const field of fields) Object.assign(state, { [field]: `used ${field}` });
  beginAnew(state);
  expect(state).toEqual(fresh());
});
