/**
 * Files of the person's own: chosen, dropped, saved. The File System Access API where the
 * browser has it, else an input element and a download. Nothing leaves the machine.
 */
import { FILE_EXTENSION, FILE_MIME } from "../../formats/json_files.ts";

export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** Larger files are not read at all. */
const BYTES_MAX = 8_000_000;
const READABLE = [
  FILE_EXTENSION,
  ...".json .jsonl .sql .txt .md .markdown .test .inc .spec .yaml .yml .go".split(" "),
];

interface Picker {
  showOpenFilePicker?: (options: object) => Promise<readonly { getFile(): Promise<File> }[]>;
  showSaveFilePicker?: (options: object) => Promise<{
    createWritable(): Promise<{ write(data: Blob): Promise<void>; close(): Promise<void> }>;
  }>;
}

export async function textOf(file: File): Promise<NamedText> {
  const { name } = file;
  return { name, text: await file.slice(0, BYTES_MAX).text() };
}

/** Null when the person thought better of it. */
export async function chooseFile(): Promise<NamedText | null> {
  const picker = (window as Picker).showOpenFilePicker;
  if (picker === undefined) return chooseByInput();
  try {
    const [handle] = await picker.call(window, { multiple: false });
    return handle === undefined ? null : textOf(await handle.getFile());
  } catch (error) {
    if (isRefusal(error)) return null;
    return chooseByInput();
  }
}

function chooseByInput(): Promise<NamedText | null> {
  return new Promise((resolve) => {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = READABLE.join(",");
    input.addEventListener("change", () => {
      const [file] = input.files ?? [];
      resolve(file === undefined ? null : textOf(file));
    });
    input.addEventListener("cancel", () => resolve(null));
    input.click();
  });
}

/** False when the person thought better of it. */
export async function saveFile(name: string, data: Blob): Promise<boolean> {
  const picker = (window as Picker).showSaveFilePicker;
  if (picker !== undefined) {
    try {
      const handle = await picker.call(window, { suggestedName: name });
      const stream = await handle.createWritable();
      await stream.write(data);
      await stream.close();
      return true;
    } catch (error) {
      if (isRefusal(error)) return false;
    }
  }
  downloadFile(name, data);
  return true;
}

/** Without a question: one press may save several. */
export function downloadFile(name: string, data: Blob): void {
  const url = URL.createObjectURL(data);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own hold on it by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

export function scenarioBlob(text: string): Blob {
  return new Blob([text], { type: FILE_MIME });
}

/** A name that every file system takes. */
export function fileName(title: string, ending: string): string {
  const base = title
    .trim()
    .replace(/[^\p{L}\p{N}._-]+/gu, "-")
    .replace(/^[-.]+|[-.]+$/g, "");
  return `${base.slice(0, 60) || "scenario"}${ending}`;
}

/** The person closed the dialog. */
function isRefusal(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}
