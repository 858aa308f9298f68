/** Text files in and out, by the browser's own means. */

/** What lessons are kept in. */
export const LESSON_FILES = ".md,.txt,text/markdown,text/plain";

/** Asks for a file; null when none was chosen. */
export function openTextFile(accept: string): Promise<string | null> {
  return new Promise((resolve) => {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = accept;
    input.addEventListener("change", () => {
      const file = input.files?.[0];
      resolve(file === undefined ? null : file.text());
    });
    input.addEventListener("cancel", () => resolve(null));
    input.click();
  });
}

export function saveTextFile(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
