/** The bar at the top: which tables, where in time, and the page itself. */
import type { ReactNode } from "react";
import { useLanguage, usePage } from "../../store/hooks.ts";
import { FilesMenu } from "../files/FilesMenu.tsx";
import { LESSONS } from "../lesson/lesson_route.ts";
import { CheckIcon, CommandIcon, RedoIcon, UndoIcon } from "../shell/Icons.tsx";
import { FIDELITY } from "../shell/use_route.ts";
import { useText } from "../text/use_text.ts";
import { Clock } from "./Clock.tsx";
import { LinkButton } from "./LinkButton.tsx";
import { PageButtons } from "./PageButtons.tsx";
import { ScenarioMenu } from "./ScenarioMenu.tsx";
import { TimeControls } from "./TimeControls.tsx";
import { undoWords } from "./undo_words.ts";

export function Header(props: { readonly onHelp: () => void }): ReactNode {
  const text = useText();
  return (
    <header className="header">
      <h1 className="name" title={text.tagline}>
        <a href={LESSONS} className="name-home" aria-label={text.name}>
          <img src="./icon.svg" alt="" width="20" height="20" />
          <span>{text.name}</span>
        </a>
      </h1>
      <ScenarioMenu />
      <TimeControls />
      <Clock />
      <UndoButtons />
      <div className="header-end">
        <FilesMenu />
        <a
          className="button button-quiet fidelity-link"
          href={FIDELITY}
          title={text.fidelity.title}
        >
          <CheckIcon />
          {text.fidelity.link}
        </a>
        <LinkButton />
        <PageButtons />
        <PaletteButton />
        <button
          type="button"
          className="button button-icon"
          aria-label={text.help.button}
          title={`${text.help.button} (?)`}
          onClick={props.onHelp}
        >
          ?
        </button>
      </div>
    </header>
  );
}

function PaletteButton(): ReactNode {
  const text = useText().palette;
  const openSheet = usePage((page) => page.openSheet);
  return (
    <button
      type="button"
      className="button button-icon palette-button"
      aria-label={text.title}
      title={text.button}
      onClick={() => openSheet("palette")}
    >
      <CommandIcon />
    </button>
  );
}

function UndoButtons(): ReactNode {
  const text = useText().time;
  const last = usePage((page) => page.undo.at(-1)?.by ?? null);
  const undo = undoWords(useLanguage())[last ?? "run"];
  const canRedo = usePage((page) => page.redo.length > 0);
  const commands = usePage((page) => page.commands);
  return (
    <div className="button-group">
      <button
        type="button"
        className="button button-icon"
        aria-label={undo}
        title={undo}
        disabled={last === null}
        onClick={() => void commands.undo()}
      >
        <UndoIcon />
      </button>
      <button
        type="button"
        className="button button-icon"
        aria-label={text.redo}
        title={text.redo}
        disabled={!canRedo}
        onClick={() => void commands.redo()}
      >
        <RedoIcon />
      </button>
    </div>
  );
}
