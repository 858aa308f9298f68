/** What an embed does for a reader who touches it comes when somebody does; a key that was pressed before counts when it is there. */
let act: ((event: KeyboardEvent) => void) | null = null;

export function bringKeysLate(): void {
  window.addEventListener("pointerdown", () => void bringKeys());
  window.addEventListener("keydown", (event) => {
    if (act === null) void bringKeys(event);
    else act(event);
  });
}

async function bringKeys(event?: KeyboardEvent): Promise<void> {
  try {
    const { actOnKey, followRow } = await import("./embed_keys.ts");
    if (act === null) followRow();
    act = actOnKey;
  } catch {
    // Without a network a key does nothing; the next one asks again.
    return;
  }
  if (event !== undefined) act(event);
}
