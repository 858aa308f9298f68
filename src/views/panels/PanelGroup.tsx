/** A cell of the stage: one panel under its title, or several behind tabs; to be focused and hidden. */
import type { ReactNode } from "react";
import { useLanguage } from "../../store/hooks.ts";
import { CloseIcon, FocusIcon, UnfocusIcon } from "../shell/Icons.tsx";
import { PanelFrame } from "../shell/PanelFrame.tsx";
import { Tabs } from "../shell/Tabs.tsx";
import type { Cell, PanelId } from "./arrangements.ts";
import { PanelContent } from "./PanelContent.tsx";
import { SightToggle } from "./SightToggle.tsx";
import type { Panels } from "./use_panels.ts";
import { panelWords } from "./words.ts";

/** With more of them a word beside an icon would begin a second line. */
const TABS_WITH_WORDS = 5;

export function PanelGroup(props: { readonly cell: Cell; readonly panels: Panels }): ReactNode {
  const { cell, panels } = props;
  const words = panelWords(useLanguage());
  const front = panels.frontOf(cell);
  const titles = cell.hasShortTitles ? words.short : words.titles;
  const hasRoom = !cell.hasShortTitles && cell.panels.length <= TABS_WITH_WORDS;
  const tools = <PanelTools panel={front} panels={panels} hasRoom={hasRoom} />;
  if (cell.panels.length === 1) {
    return (
      <PanelFrame title={words.titles[front]} tools={tools} panel={front}>
        <PanelContent panel={front} />
      </PanelFrame>
    );
  }
  return (
    <Tabs
      className={`panel ${cell.hasShortTitles ? "panel-half" : ""}`}
      label={words.group(cell.panels.map((panel) => words.titles[panel]).join(", "))}
      chosen={front}
      onChoose={panels.bringForward}
      tools={tools}
      tabs={cell.panels.map((id) => ({
        id,
        title: titles[id],
        content: () => <PanelContent panel={id} />,
      }))}
    />
  );
}

/** One panel with all the room. */
export function FocusedPanel(props: {
  readonly panel: PanelId;
  readonly panels: Panels;
}): ReactNode {
  const { panel, panels } = props;
  const words = panelWords(useLanguage());
  return (
    <PanelFrame
      title={words.titles[panel]}
      tools={<PanelTools panel={panel} panels={panels} hasRoom />}
    >
      <PanelContent panel={panel} />
    </PanelFrame>
  );
}

function PanelTools(props: {
  readonly panel: PanelId;
  readonly panels: Panels;
  /** For a word beside an icon. */
  readonly hasRoom: boolean;
}): ReactNode {
  const { panel, panels, hasRoom } = props;
  const words = panelWords(useLanguage());
  const title = words.titles[panel];
  const isFocused = panels.focused === panel;
  const focus = isFocused ? words.unfocus : words.focus(title);
  return (
    <span className="panel-tools">
      {panel === "index" && <SightToggle panels={panels} />}
      <button
        type="button"
        id={`focus-${panel}`}
        className="button button-quiet panel-focus"
        aria-label={focus}
        aria-pressed={isFocused}
        title={focus}
        onClick={() => panels.focus(isFocused ? null : panel)}
      >
        {isFocused ? <UnfocusIcon /> : <FocusIcon />}
        {hasRoom && (
          <span className="panel-focus-word">
            {isFocused ? words.unfocusWord : words.focusWord}
          </span>
        )}
      </button>
      {!isFocused && (
        <button
          type="button"
          className="button button-icon button-quiet"
          aria-label={words.hide(title)}
          title={words.hide(title)}
          onClick={() => panels.show(panel, false)}
        >
          <CloseIcon />
        </button>
      )}
    </span>
  );
}
