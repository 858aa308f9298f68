/** The built-in scenarios in the order of the menu; the page opens on the first. */
import { deadlock, duplicateKey } from "./conflicts.ts";
import { gapLocks, gapLocksReadCommitted } from "./gap_locks.ts";
import type { Lesson } from "./lesson.ts";
import { metadataQueue } from "./metadata_locks.ts";
import { playground } from "./playground.ts";
import { agesThreeAndFive, threeVersions, twoLevels } from "./read_views.ts";
import { longStream, lostConnection, outOfSync, slowClient } from "./streaming.ts";

export const LESSONS: readonly Lesson[] = [
  gapLocks,
  threeVersions,
  deadlock,
  duplicateKey,
  agesThreeAndFive,
  twoLevels,
  gapLocksReadCommitted,
  metadataQueue,
  slowClient,
  lostConnection,
  outOfSync,
  longStream,
];

export const FIRST_LESSON: Lesson = gapLocks;

export function lessonById(id: string | null): Lesson | null {
  return [...LESSONS, playground].find((lesson) => lesson.id === id) ?? null;
}
