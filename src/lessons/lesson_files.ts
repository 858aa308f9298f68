/** One of the built-in scenarios without the others: each file of them is loaded when one of its own is named. */
import type { Lesson } from "./lesson.ts";

const FILES: Readonly<Record<string, () => Promise<Readonly<Record<string, unknown>>>>> = {
  deadlock: () => import("./conflicts.ts"),
  "duplicate-key": () => import("./conflicts.ts"),
  "gap-locks": () => import("./gap_locks.ts"),
  "gap-locks-rc": () => import("./gap_locks.ts"),
  "metadata-queue": () => import("./metadata_locks.ts"),
  playground: () => import("./playground.ts"),
  "three-versions": () => import("./read_views.ts"),
  "ages-3-and-5": () => import("./read_views.ts"),
  "rc-and-rr": () => import("./read_views.ts"),
  "slow-client": () => import("./streaming.ts"),
  "lost-connection": () => import("./streaming.ts"),
  "out-of-sync": () => import("./streaming.ts"),
  "long-stream": () => import("./streaming.ts"),
};

/** Null when there is none of that name; rejects when it cannot be loaded. */
export async function fetchedLesson(id: string): Promise<Lesson | null> {
  if (!Object.hasOwn(FILES, id)) return null;
  const exported = Object.values((await FILES[id]?.()) ?? {}) as readonly Lesson[];
  return exported.find((lesson) => lesson.id === id) ?? null;
}
