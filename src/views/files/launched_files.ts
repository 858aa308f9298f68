/** A file that the installed app is opened with: whichever page it shows then, the playground takes the file. */
import { PLAYGROUND } from "../shell/use_route.ts";
import { setTask } from "./desk.ts";

interface LaunchQueue {
  setConsumer(
    consumer: (launch: { readonly files: readonly { getFile(): Promise<File> }[] }) => void,
  ): void;
}

/** Once; files that came before are given then. */
export function takeLaunchedFiles(): void {
  const queue = (window as { launchQueue?: LaunchQueue }).launchQueue;
  queue?.setConsumer(({ files: [handle] }) => {
    if (handle !== undefined) void take(handle);
  });
}

async function take(handle: { getFile(): Promise<File> }): Promise<void> {
  const { textOf } = await import("./local_files.ts");
  const file = await textOf(await handle.getFile());
  window.location.hash = PLAYGROUND;
  setTask({ kind: "open", ...file });
}
