/** A panel that cannot be drawn takes none of the others with it. */
import { type ReactNode, useEffect, useState } from "react";
import { useLanguage, usePage } from "../../store/hooks.ts";
import { Guard } from "./Guard.tsx";
import { crashWords } from "./words.ts";

export function PanelGuard({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <Guard instead={(problem, again) => <PanelFault problem={problem} again={again} />}>
      {children}
    </Guard>
  );
}

function PanelFault(props: { readonly problem: Error; readonly again: () => void }): ReactNode {
  const { problem, again } = props;
  const words = crashWords(useLanguage());
  const state = usePage((page) => page.stateAtCursor);
  const [failedAt] = useState(state);
  useEffect(() => {
    if (state !== failedAt) again();
  }, [state, failedAt, again]);
  return (
    <div className="panel-fault" role="alert">
      <p>
        <strong>{words.panel}</strong> {words.panelHint}
      </p>
      <p className="crash-problem">{`${problem.name}: ${problem.message}`}</p>
      <button type="button" className="button" onClick={again}>
        {words.again}
      </button>
    </div>
  );
}
