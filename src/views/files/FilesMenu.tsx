/** The menu at the top for everything that comes in or goes out, and its keys. */
import { type ReactNode, useEffect } from "react";
import { useLanguage } from "../../store/hooks.ts";
import { CaretIcon } from "../shell/Icons.tsx";
import { Popover } from "../shell/Popover.tsx";
import { openFile, saveFile, setTask } from "./desk.ts";
import { filesWords } from "./menu_words.ts";

const COMMAND =
  typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.userAgent) ? "⌘" : "Ctrl+";

export function FilesMenu(): ReactNode {
  const words = filesWords(useLanguage());
  useFileKeys();
  return (
    <Popover
      label={`${words.button}: ${words.hint}`}
      buttonClass="button files-button"
      button={
        <>
          {words.button}
          <CaretIcon />
        </>
      }
    >
      {(close) => {
        const item = (label: string, act: () => void, keys = "", hint = "") => (
          <button
            type="button"
            className="menu-item files-item"
            title={hint || undefined}
            onClick={() => {
              close();
              act();
            }}
          >
            {label}
            {keys !== "" && <kbd>{`${COMMAND}${keys}`}</kbd>}
          </button>
        );
        return (
          <div className="menu">
            {item(words.open, () => void openFile(), "O")}
            {item(words.paste, () => setTask({ kind: "open", name: "", text: "" }))}
            <hr />
            {item(words.save, () => void saveFile(), "S", words.saveHint)}
            {item(words.export, () => setTask({ kind: "export" }))}
            {item(words.picture, () => setTask({ kind: "picture" }))}
            {item(
              words.embed,
              () => setTask({ kind: "export", form: "frame" }),
              "",
              words.embedHint,
            )}
          </div>
        );
      }}
    </Popover>
  );
}

/** Everywhere on the page, in editors too: the browser's own meaning, to save the page as HTML, is of no use here. */
function useFileKeys(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
      if (document.querySelector("dialog[open]") !== null) return;
      if (event.key === "s") void saveFile();
      else if (event.key === "o") void openFile();
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener("keydown", onKeyDown, { capture: true });
    return () => window.removeEventListener("keydown", onKeyDown, { capture: true });
  }, []);
}
