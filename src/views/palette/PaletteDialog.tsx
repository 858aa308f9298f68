/** Ctrl/Cmd+K: a field to say what one wants, and under it what fits; arrows choose, Enter does it. */
import {
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from "react";
import { useLanguage } from "../../store/hooks.ts";
import { pageStore } from "../../store/page_store.ts";
import { useText } from "../text/use_text.ts";
import { fitting, nameOf, type PaletteCommand, paletteCommands } from "./palette_commands.ts";
import "./palette.css";
import { useFoundLessons } from "./use_found_lessons.ts";

export function PaletteDialog(props: { readonly onClose: () => void }): ReactNode {
  const text = useText().palette;
  const language = useLanguage();
  const [query, setQuery] = useState("");
  const [chosen, choose] = useState(0);
  const dialog = useRef<HTMLDialogElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const scope = useId();
  // What there was to do when it was opened.
  const commands = useMemo(() => paletteCommands(pageStore.getState()), []);
  const fit = useMemo(() => fitting(commands, query), [commands, query]);
  const { lessons, isLooking } = useFoundLessons(query);
  const shown = useMemo(() => [...fit, ...lessons], [fit, lessons]);
  const isSettled = shown.length > 0 || !isLooking;
  const at = Math.min(chosen, shown.length - 1);

  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: "nearest" });
  }, [at]);

  const act = (command: PaletteCommand | undefined): void => {
    if (command === undefined) return;
    // Closed first, so that the focus is back before the command moves it.
    dialog.current?.close();
    command.act();
  };
  /** A lesson that was found for the words before is not what was asked for. */
  const actOnQuery = (): void => act(isLooking ? fit[at] : shown[at]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter") actOnQuery();
    else if (event.key === "ArrowDown") choose(Math.min(at + 1, shown.length - 1));
    else if (event.key === "ArrowUp") choose(Math.max(at - 1, 0));
    else return;
    event.preventDefault();
  };
  return (
    <dialog ref={dialog} className="dialog palette" aria-label={text.title} onClose={props.onClose}>
      <input
        className="input palette-query"
        role="combobox"
        aria-expanded={true}
        aria-controls={scope}
        aria-activedescendant={at < 0 ? undefined : `${scope}-${at}`}
        aria-label={text.title}
        placeholder={text.placeholder}
        autoFocus={true}
        value={query}
        onChange={({ target }) => {
          setQuery(target.value);
          choose(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div ref={list} id={scope} role="listbox" aria-label={text.title} className="palette-list">
        {shown.map((command, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys
          <div
            key={command.id}
            id={`${scope}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            className="palette-option"
            onPointerMove={() => choose(index)}
            onClick={() => act(command)}
          >
            <span>{nameOf(command, language)}</span>
            {command.keys !== undefined && <kbd>{command.keys}</kbd>}
          </div>
        ))}
      </div>
      {isSettled && shown.length === 0 && <p className="palette-none">{text.none}</p>}
      <p className="visually-hidden" role="status">
        {isSettled && text.count(shown.length)}
      </p>
    </dialog>
  );
}
