/** Who waits for whom at the cursor. */
import type { ReactNode } from "react";
import { useLanguage, usePage } from "../../store/hooks.ts";
import type { PageState } from "../../store/page_store.ts";
import { landmarksOf } from "../../trace/landmarks.ts";
import { DeadlockLogButton } from "./DeadlockLogButton.tsx";
import "./stage.css";
import { useStage } from "./use_stage.ts";
import { WaitGraphView } from "./WaitGraphView.tsx";
import { deadlockWords } from "./words_deadlock.ts";

export function WaitGraphPanel(): ReactNode {
  const seek = usePage((page) => page.seek);
  const wait = usePage(waitElsewhere);
  const words = deadlockWords(useLanguage());
  return (
    <WaitGraphView
      {...useStage()}
      onGoTo={(seq) => seek(seq + 1)}
      ofDeadlock={<DeadlockLogButton />}
      elsewhere={
        wait === null ? null : (
          <p className="stage-hint">
            {words.nobodyWaits}{" "}
            <button type="button" className="stage-button" onClick={() => seek(wait)}>
              {words.toWait}
            </button>
          </p>
        )
      }
    />
  );
}

/** The last wait before the cursor, else the first behind it: a position. */
function waitElsewhere({ timeline, position }: PageState): number | null {
  const waits = landmarksOf(timeline).filter(({ kind }) => kind === "wait");
  const found = waits.findLast((one) => one.position < position) ?? waits[0];
  return found?.position ?? null;
}
