import { expect, it } from "vitest";
import { lessonLink, lessonRouteOf, packedLink } from "../../src/views/lesson/lesson_route.ts";

it.each([
  ["", "lessons"],
  ["#/lessons", "lessons"],
  ["#/write", "write"],
  ["#/learn-own", "learn"],
  ["#/", "none"],
  ["#/playground", "none"],
  ["#s=anything", "none"],
  ["#/lesson/gap-locks", "none"],
  ["#/fidelity", "none"],
])("%s is the page %s", (hash, page) => {
  expect(lessonRouteOf(hash).page).toBe(page);
});

it("links to lessons lead to them", () => {
  expect(lessonRouteOf(lessonLink("deadlock"))).toEqual({
    page: "learn",
    id: "deadlock",
    packed: null,
  });
  expect(lessonRouteOf(packedLink("abc"))).toEqual({ page: "learn", id: null, packed: "abc" });
});
