import { expect, it } from "vitest";
import type { Script } from "../../src/store/script.ts";
import type { SessionName } from "../../src/trace/ids.ts";
import { DISCONNECT, type Step } from "../../src/trace/scenario.ts";
import { branchNames } from "../../src/views/schedule/branch_names.ts";
import { rewrittenText } from "../../src/views/schedule/edit_step.ts";

const A = "A" as SessionName;
const B = "B" as SessionName;
const step = (session: SessionName, sql: string): Step => ({ session, sql });

it("the editor's text has a statement that was written anew where the old one stood", () => {
  const steps = [step(A, "x"), step(B, "y"), step(A, "x"), { advance: 1 }, step(A, "z")];
  expect(rewrittenText("x;\nx;\nz;\n", steps, 2, "new;\n")).toBe("x;\nnew;\nz;\n");
  expect(rewrittenText("x;\nx;\nz;\n", steps, 4, "new")).toBe("x;\nx;\nnew;\n");
  expect(rewrittenText("something else", steps, 4, "new")).toBe("something else");
  expect(rewrittenText("x", steps, 3, "new")).toBe("x");
  expect(rewrittenText("x", [step(A, DISCONNECT)], 0, "new")).toBe("x");
});

it("a future is told by its level, or by the first step that is another one", () => {
  const script = (steps: readonly Step[], setup: readonly string[] = []): Script => ({
    lesson: null,
    scenario: { id: "mine", setup, steps },
    sessions: [A, B],
  });
  const told = (other: Script) =>
    branchNames([other], script([step(A, "x"), step(B, "y")]), "en")[0];
  expect(told(script([step(A, "x"), step(B, "z"), step(A, "w")]))).toBe(
    "Differs from step 2 on: B: z",
  );
  expect(told(script([step(A, "x")]))).toBe("Without the later steps; the last: A: x");
  const level = "SET GLOBAL TRANSACTION ISOLATION LEVEL READ COMMITTED";
  expect(told(script([step(A, "x"), step(B, "y")], [level]))).toBe(
    "READ COMMITTED: The same steps, the last: B: y",
  );
  expect(told(script([], ["CREATE TABLE t (id INT)"]))).toMatch(/^On other tables/);
  const two = [script([step(A, "u"), step(B, "y")]), script([step(A, "u"), step(B, "v")])];
  expect(branchNames(two, script([step(A, "x")]), "en")).toEqual([
    "Differs from step 1 on: A: u; step 2: B: y",
    "Differs from step 1 on: A: u; step 2: B: v",
  ]);
});
