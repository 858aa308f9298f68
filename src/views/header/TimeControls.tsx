/** Moving the cursor, and how fast it plays. */
import type { ReactNode } from "react";
import { usePage } from "../../store/hooks.ts";
import { useText } from "../text/use_text.ts";
import { MoveButtons } from "./MoveButtons.tsx";

const SPEEDS = [2, 4, 8, 16, 32];

export function TimeControls(): ReactNode {
  const text = useText().time;
  const speed = usePage((page) => page.preferences.playSpeed);
  const prefer = usePage((page) => page.prefer);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend in the row
    <div className="time-controls" role="group" aria-label={text.controls}>
      <MoveButtons names={text} />
      <select
        className="select select-quiet"
        aria-label={text.speed}
        title={text.speed}
        value={speed}
        onChange={(event) => prefer({ playSpeed: Number(event.target.value) })}
      >
        {SPEEDS.map((n) => (
          <option key={n} value={n}>
            {text.perSecond(n)}
          </option>
        ))}
      </select>
    </div>
  );
}
