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
  const stage = useStage();
  // For its client, or for time to pass.
  const alone = stage.state.sessions.filter((one) => one.wait?.blockers.length === 0);
  const words = deadlockWords(useLanguage());
  return (
    <WaitGraphView
      {...stage}
      onGoTo={(seq) => seek(seq + 1)}
      ofDeadlock={<DeadlockLogButton />}
      elsewhere={
        wait === null && alone.length === 0 ? null : (
          <p className="stage-hint">
            {alone.length === 0
              ? words.nobodyWaits
              : words.waitsAlone(alone.map(({ name }) => name))}{" "}
            {wait !== null && (
              <button type="button" className="stage-button" onClick={() => seek(wait)}>
                {words.toWait}
              </button>
            )}
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
