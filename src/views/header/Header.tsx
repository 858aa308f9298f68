/** The bar at the top: which tables, where in time, and the page itself. */
import type { ReactNode } from "react";
import { useLanguage, usePage, useTheme } from "../../store/hooks.ts";
import { resolvedTheme } from "../../store/preferences.ts";
import { FilesMenu } from "../files/FilesMenu.tsx";
import { CheckIcon, CommandIcon, RedoIcon, ThemeIcon, UndoIcon } from "../shell/Icons.tsx";
import { FIDELITY } from "../shell/use_route.ts";
import { useText } from "../text/use_text.ts";
import { Clock } from "./Clock.tsx";
import { LinkButton } from "./LinkButton.tsx";
import { ScenarioMenu } from "./ScenarioMenu.tsx";
import { TimeControls } from "./TimeControls.tsx";

export function Header(props: { readonly onHelp: () => void }): ReactNode {
  const text = useText();
  return (
    <header className="header">
      <h1 className="name" title={text.tagline}>
        <img src="./icon.svg" alt="" width="20" height="20" />
        <span>{text.name}</span>
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

/** What every page of the site has. */
export function PageButtons(): ReactNode {
  return (
    <>
      <ThemeButton />
      <LanguageButton />
    </>
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
  const canUndo = usePage((page) => page.undo.length > 0);
  const canRedo = usePage((page) => page.redo.length > 0);
  const commands = usePage((page) => page.commands);
  return (
    <div className="button-group">
      <button
        type="button"
        className="button button-icon"
        aria-label={text.undo}
        title={text.undo}
        disabled={!canUndo}
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

function ThemeButton(): ReactNode {
  const text = useText().theme;
  const choice = usePage((page) => page.preferences.theme);
  const prefer = usePage((page) => page.prefer);
  const theme = useTheme();
  const ofSystem = usePage((page) => resolvedTheme("system", page.surroundings));
  // Each press changes the colours; those of the system are taken as the system's.
  const other = theme === "dark" ? "light" : "dark";
  const next = other === ofSystem ? "system" : other;
  const label = `${text.button}: ${text[choice]}`;
  return (
    <button
      type="button"
      className="button button-icon"
      aria-label={label}
      title={label}
      data-theme-choice={choice}
      onClick={() => prefer({ theme: next })}
    >
      <ThemeIcon />
    </button>
  );
}

function LanguageButton(): ReactNode {
  const text = useText().language;
  const language = useLanguage();
  const prefer = usePage((page) => page.prefer);
  const other = language === "en" ? "zh" : "en";
  return (
    <button
      type="button"
      className="button language-button"
      lang={other === "zh" ? "zh-CN" : "en"}
      aria-label={text.otherName}
      title={text.otherName}
      onClick={() => prefer({ language: other })}
    >
      {text.other}
    </button>
  );
}
