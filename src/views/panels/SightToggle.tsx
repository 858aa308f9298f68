/** In the index panel's title: whether what each session would see stands under the records. */
import type { ReactNode } from "react";
import { useLanguage } from "../../store/hooks.ts";
import { type Panels, usePanels } from "./use_panels.ts";
import { panelWords } from "./words.ts";

export function SightToggle({ panels }: { readonly panels: Panels }): ReactNode {
  const words = panelWords(useLanguage());
  return (
    <label className="check panel-check" title={words.sightsHint}>
      <input
        type="checkbox"
        checked={panels.hasSights}
        onChange={(event) => panels.showSights(event.target.checked)}
      />
      {words.sights}
    </label>
  );
}

/** Where there is no panel's title around it yet. */
export function OwnSightToggle(): ReactNode {
  return <SightToggle panels={usePanels()} />;
}
