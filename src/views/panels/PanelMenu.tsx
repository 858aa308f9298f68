/** The menu of the stage: an arrangement by name, which panels are shown, and all of it back as it was. */
import { type ReactNode, useId } from "react";
import { ARRANGEMENTS } from "../../lessons/lesson.ts";
import { useLanguage, usePage } from "../../store/hooks.ts";
import { PanelsIcon } from "../shell/Icons.tsx";
import { Popover } from "../shell/Popover.tsx";
import { GALLERY } from "../shell/use_route.ts";
import { panelsOf } from "./arrangements.ts";
import { type Panels, usePanels } from "./use_panels.ts";
import { panelWords } from "./words.ts";
import "./panels.css";

export function PanelMenu(): ReactNode {
  const words = panelWords(useLanguage());
  const panels = usePanels();
  return (
    <Popover
      label={words.menuHint}
      buttonClass="button panel-menu-button"
      button={
        <>
          <PanelsIcon />
          {words.menu}
        </>
      }
    >
      {(close) => <Sheet panels={panels} close={close} />}
    </Popover>
  );
}

function Sheet(props: { readonly panels: Panels; readonly close: () => void }): ReactNode {
  const { panels, close } = props;
  const words = panelWords(useLanguage());
  const group = useId();
  const hasLog = usePage((page) => page.script.log !== undefined);
  return (
    <div className="panel-menu">
      <fieldset>
        <legend>{words.arrangement}</legend>
        <label>
          <input
            type="radio"
            name={group}
            checked={panels.chosen === null}
            onChange={() => panels.choose(null)}
          />
          {words.asExample(words.arrangements[panels.ofExample])}
        </label>
        {ARRANGEMENTS.map((name) => (
          <label key={name}>
            <input
              type="radio"
              name={group}
              checked={panels.chosen === name}
              onChange={() => panels.choose(name)}
            />
            <strong>{words.arrangements[name]}</strong>
            <small>{words.arrangementHints[name]}</small>
          </label>
        ))}
      </fieldset>
      <fieldset>
        <legend>{words.shown}</legend>
        {panelsOf(hasLog).map((panel) => (
          <label key={panel}>
            <input
              type="checkbox"
              checked={!panels.isHidden(panel)}
              onChange={(event) => panels.show(panel, event.target.checked)}
            />
            {words.titles[panel]}
          </label>
        ))}
      </fieldset>
      <button
        type="button"
        className="button"
        onClick={() => {
          panels.restore();
          close();
        }}
      >
        {words.restore}
      </button>
      <a href={GALLERY}>{words.gallery}</a>
    </div>
  );
}
