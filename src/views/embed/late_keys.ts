/** What an embed does for a reader who touches it comes when somebody does; a key that was pressed before counts when it is there. */
let keys: typeof import("./embed_keys.ts") | null = null;

export function bringKeysLate(): void {
  window.addEventListener("pointerdown", () => void bringKeys());
  window.addEventListener("keydown", (event) => {
    if (keys === null) void bringKeys(event);
    else keys.actOnKey(event);
  });
}

async function bringKeys(event?: KeyboardEvent): Promise<void> {
  try {
    const brought = await import("./embed_keys.ts");
    if (keys === null) brought.followRow();
    keys = brought;
  } catch {
    // Without a network a key does nothing; the next one asks again.
    return;
  }
  if (event !== undefined) keys.actOnKey(event);
}
