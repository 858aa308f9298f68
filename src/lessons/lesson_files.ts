/** One of the built-in scenarios without the others: each file of them is loaded when one of its own is named. */
import type { Arrangement, Lesson } from "./lesson.ts";

interface File {
  readonly ids: readonly string[];
  /** What all of its lessons want to be seen, known before they are there. */
  readonly arrangement: Arrangement;
  readonly load: () => Promise<Readonly<Record<string, unknown>>>;
}

const FILES: readonly File[] = [
  {
    ids: ["gap-locks", "gap-locks-rc"],
    arrangement: "locks",
    load: () => import("./gap_locks.ts"),
  },
  {
    ids: ["deadlock", "duplicate-key"],
    arrangement: "waits",
    load: () => import("./conflicts.ts"),
  },
  {
    ids: ["three-versions", "ages-3-and-5", "rc-and-rr"],
    arrangement: "versions",
    load: () => import("./read_views.ts"),
  },
  { ids: ["metadata-queue"], arrangement: "levels", load: () => import("./metadata_locks.ts") },
  {
    ids: ["slow-client", "lost-connection", "out-of-sync", "long-stream"],
    arrangement: "streaming",
    load: () => import("./streaming.ts"),
  },
  { ids: ["playground"], arrangement: "locks", load: () => import("./playground.ts") },
];

/** Null when there is none of that name; rejects when it cannot be loaded. */
export async function fetchedLesson(id: string): Promise<Lesson | null> {
  const exported = Object.values((await fileOf(id)?.load()) ?? {}) as readonly Lesson[];
  return exported.find((lesson) => lesson.id === id) ?? null;
}

/** Null when there is none of that name. */
export function arrangementOf(id: string): Arrangement | null {
  return fileOf(id)?.arrangement ?? null;
}

function fileOf(id: string): File | undefined {
  return FILES.find(({ ids }) => ids.includes(id));
}
