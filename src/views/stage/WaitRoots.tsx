/** Who is at the root of the waits, the chains that lead there, and what would end them. */
import { Fragment, type ReactNode, useMemo } from "react";
import type { State } from "../../trace/state.ts";
import { waitRoots } from "../../trace/why/wait_roots.ts";
import { SessionChip } from "./Marks.tsx";
import type { LevelWords } from "./words_levels.ts";

/** Nobody reads more. */
const CHAINS_MAX = 8;

export function WaitRoots(props: { readonly state: State; readonly words: LevelWords }): ReactNode {
  const { state, words } = props;
  const roots = useMemo(() => waitRoots(state), [state]);
  return roots.map(({ root, chains, ends }) => (
    <div key={root} className="wait-root" data-session={root}>
      <p className="wait-root-said">
        <SessionChip session={root} /> {words.root(chains.length)}
      </p>
      <ul className="wait-root-chains" aria-label={words.chains(root)}>
        {chains.slice(0, CHAINS_MAX).map((chain) => (
          <li key={chain.join(" ")}>
            {chain.map((session, at) => (
              <Fragment key={session}>
                {at > 0 && (
                  <>
                    <span className="wait-root-arrow" aria-hidden="true">
                      →
                    </span>
                    <span className="visually-hidden">{words.waitsFor}</span>
                  </>
                )}
                <SessionChip session={session} />
              </Fragment>
            ))}
          </li>
        ))}
        {chains.length > CHAINS_MAX && <li>{words.moreChains(chains.length - CHAINS_MAX)}</li>}
      </ul>
      {ends.length > 0 && <p className="wait-root-said">{words.rootEnds(ends)}</p>}
    </div>
  ));
}
