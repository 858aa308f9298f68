/** What lies on the desk: the one task with files that is under way. The menu, keys, drops and pastes put it there. */
import { useSyncExternalStore } from "react";
import { pageStore } from "../../store/page_store.ts";

export type FilesTask =
  /** A text that somebody gave us; empty when it is still to be pasted. */
  | { readonly kind: "open"; readonly name: string; readonly text: string }
  /** `form`: which of the formats is shown first. */
  | { readonly kind: "export"; readonly form?: "frame" }
  | { readonly kind: "picture" };

let task: FilesTask | null = null;
const listeners = new Set<() => void>();

export function setTask(next: FilesTask | null): void {
  task = next;
  for (const listener of listeners) listener();
}

export function useTask(): FilesTask | null {
  return useSyncExternalStore(
    (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    () => task,
  );
}

/** The person chooses one; what was understood of it is shown before it opens. */
export async function openFile(): Promise<void> {
  const { chooseFile } = await import("./local_files.ts");
  const file = await chooseFile();
  if (file !== null) setTask({ kind: "open", ...file });
}

export async function saveFile(): Promise<void> {
  const { saveScenario } = await import("./save_scenario.ts");
  await saveScenario(pageStore.getState());
}
