import { expect, it } from "vitest";
import {
  lessonLink,
  lessonRouteOf,
  packedLink,
  placeInLesson,
} from "../../src/views/lesson/lesson_route.ts";

it.each([
  ["", "lessons"],
  ["#/lessons", "lessons"],
  ["#/write", "write"],
  ["#/learn-own", "learn"],
  ["#/", "lessons"],
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
    at: null,
    language: null,
  });
  expect(lessonRouteOf(packedLink("abc"))).toMatchObject({ id: null, packed: "abc", at: null });
  const there = placeInLesson(3, "zh");
  expect(lessonRouteOf(lessonLink("deadlock") + there)).toMatchObject({
    id: "deadlock",
    at: 3,
    language: "zh",
  });
  expect(lessonRouteOf(packedLink("abc") + there)).toMatchObject({ packed: "abc", at: 3 });
  expect(lessonRouteOf("#/learn/deadlock/0/fr")).toMatchObject({ at: null, language: null });
});
