/** What lies on the desk: the one task with files that is under way. The menu, keys, drops and pastes put it there. */
import { useSyncExternalStore } from "react";

export type FilesTask =
  /** A text that somebody gave us; empty when it is still to be pasted. */
  | { readonly kind: "open"; readonly name: string; readonly text: string }
  | { readonly kind: "export" }
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
