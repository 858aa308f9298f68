/**
 * Takes files that are dropped or pasted, and shows the sheet of the task at hand. The sheets, the formats
 * and the libraries behind them are loaded when one is opened.
 */
import { lazy, type ReactNode, Suspense, useEffect, useState } from "react";
import { useLanguage } from "../../store/hooks.ts";
import { putInAddress } from "../../store/link/follow_address.ts";
import { PASTE, PLAYGROUND } from "../shell/use_route.ts";
import { setTask, useTask } from "./desk.ts";
import { filesWords } from "./menu_words.ts";
import "./files.css";

const OpenDialog = lazy(async () => {
  const { OpenDialog } = await import("./OpenDialog.tsx");
  return { default: OpenDialog };
});
const ExportDialog = lazy(async () => {
  const { ExportDialog } = await import("./ExportDialog.tsx");
  return { default: ExportDialog };
});
const PictureDialog = lazy(async () => {
  const { PictureDialog } = await import("../pictures/PictureDialog.tsx");
  return { default: PictureDialog };
});

/** In them a paste is the person's own business. */
const TAKES_TEXT =
  'input, textarea, select, [contenteditable], .monaco-editor, dialog, [role="textbox"]';

export function FilesDesk(): ReactNode {
  const task = useTask();
  const words = filesWords(useLanguage());
  const isDropping = useGivenFiles();
  usePasteAddress();
  const close = (): void => setTask(null);
  return (
    <>
      {isDropping && (
        <div className="drop-place" aria-hidden="true">
          <p>{words.drop}</p>
        </div>
      )}
      <Suspense fallback={task === null ? null : <p className="files-loading">{words.loading}</p>}>
        {task?.kind === "open" && <OpenDialog given={task} onClose={close} />}
        {task?.kind === "export" && <ExportDialog form={task.form} onClose={close} />}
        {task?.kind === "picture" && <PictureDialog onClose={close} />}
      </Suspense>
    </>
  );
}

/** The address may ask for the sheet that takes a text; it is taken away, so that a reload does not ask again. */
function usePasteAddress(): void {
  useEffect(() => {
    const look = (): void => {
      if (window.location.hash !== PASTE) return;
      putInAddress(PLAYGROUND);
      setTask({ kind: "open", name: "", text: "" });
    };
    look();
    window.addEventListener("hashchange", look);
    return () => window.removeEventListener("hashchange", look);
  }, []);
}

/** Listens; true while a file is held over the page. */
function useGivenFiles(): boolean {
  const [isDropping, setDropping] = useState(false);
  useEffect(() => {
    const hasFiles = (event: DragEvent): boolean =>
      event.dataTransfer?.types.includes("Files") ?? false;
    const onDragOver = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      event.stopPropagation();
      setDropping(true);
    };
    const onDragLeave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setDropping(false);
    };
    const onDrop = (event: DragEvent): void => {
      setDropping(false);
      const [file] = event.dataTransfer?.files ?? [];
      if (file === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      void takeFile(file);
    };
    const onPaste = (event: ClipboardEvent): void => {
      const target = event.target instanceof Element ? event.target : document.body;
      if (target.closest(TAKES_TEXT) !== null) return;
      const [file] = event.clipboardData?.files ?? [];
      const text = event.clipboardData?.getData("text/plain") ?? "";
      if (file !== undefined && isText(file)) void takeFile(file);
      else if (/\S\s+\S/.test(text)) setTask({ kind: "open", name: "", text });
      else return;
      event.preventDefault();
    };
    window.addEventListener("dragover", onDragOver, { capture: true });
    window.addEventListener("dragleave", onDragLeave);
    window.addEventListener("drop", onDrop, { capture: true });
    window.addEventListener("paste", onPaste);
    return () => {
      window.removeEventListener("dragover", onDragOver, { capture: true });
      window.removeEventListener("dragleave", onDragLeave);
      window.removeEventListener("drop", onDrop, { capture: true });
      window.removeEventListener("paste", onPaste);
    };
  }, []);
  return isDropping;
}

async function takeFile(file: File): Promise<void> {
  const { textOf } = await import("./local_files.ts");
  setTask({ kind: "open", ...(await textOf(file)) });
}

function isText(file: File): boolean {
  return !/^(image|video|audio)\//.test(file.type);
}
