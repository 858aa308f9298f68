/** Where a guided lesson begins in an embed, and which names go into an address. */
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { isLessonName, panelsOf, partAt } from "../../src/embed/guided.ts";
import { optionsIn } from "../../src/embed/options.ts";
import { stepsBefore } from "../../src/lessons/format/steps_of.ts";
import { guidedLessons } from "../tools/build/guided_lessons.ts";

const LESSONS = guidedLessons(resolve(import.meta.dirname, "../.."));

describe("a guided lesson in an embed", () => {
  it("begins at its beginning, with a part, or with the part that follows on a step", () => {
    expect(LESSONS.length).toBeGreaterThan(60);
    for (const lesson of LESSONS) {
      const last = lesson.parts.length - 1;
      expect(partAt(lesson, null)).toBe(0);
      expect(partAt(lesson, "p1")).toBe(0);
      expect(partAt(lesson, "p999")).toBe(last);
      expect(partAt(lesson, "999999")).toBe(last);
      for (let part = 0; part <= last; part += 1) {
        expect(stepsBefore(lesson, partAt(lesson, `${stepsBefore(lesson, part)}`))).toBe(
          stepsBefore(lesson, part),
        );
      }
    }
  });

  it("shows the picture that a question is answered in", () => {
    const all = LESSONS.flatMap(({ parts }) => parts.map(({ question }) => question?.kind));
    expect(all).toEqual(expect.arrayContaining(["locks", "version"]));
    for (const lesson of LESSONS) {
      const kinds = lesson.parts.map(({ question }) => question?.kind);
      if (kinds.includes("locks")) expect(panelsOf(lesson)).toContain("index");
      if (kinds.includes("version")) expect(panelsOf(lesson)).toContain("versions");
    }
  });

  it("has a name that leads nowhere else", () => {
    for (const { id } of LESSONS) expect(isLessonName(id)).toBe(true);
    for (const name of ["", "..", "../x", "a/b", "a.b", "A", "a%2fb", "//x", "a".repeat(65)]) {
      expect(isLessonName(name)).toBe(false);
    }
  });

  it("takes a part for a place to start", () => {
    expect(optionsIn("#lesson=gap-lock&at=p2").at).toBe("p2");
    expect(optionsIn("#lesson=gap-lock&at=q2").at).toBe(null);
    expect(optionsIn("#lesson=gap-lock").panels).toBe(null);
  });
});
