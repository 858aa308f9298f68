/** Who waits for whom: the graph, and the same in sentences. Knows no store: a gallery can show it. */

import { type ReactNode, useMemo, useRef, useState } from "react";
import { intMapGet } from "../../base/int_map.ts";
import { freshDeadlock } from "../../diagrams/fresh_deadlock.ts";
import type { LockKind } from "../../diagrams/lock_shapes.ts";
import { type WaitEdge, type Wanted, waitEdges } from "../../diagrams/wait_edges.ts";
import { type GraphEdge, type GraphNode, waitGraph } from "../../diagrams/wait_graph.ts";
import { refKey } from "../../trace/ref.ts";
import type { DeadlockState, State } from "../../trace/state.ts";
import { HUGE, HUGE_ZOOM, useMedia } from "../shell/use_media.ts";
import { graphTexts, whyChosen } from "./graph_texts.ts";
import { lateFunction } from "./late_function.ts";
import { SessionChip } from "./Marks.tsx";
import { PictureArea } from "./PictureArea.tsx";
import type { Pointing } from "./pointing.ts";
import { Picture, SvgButton } from "./SvgButton.tsx";
import { useRoom } from "./use_room.ts";
import { useWidth } from "./use_width.ts";
import type { StageWords } from "./words.ts";

const WIDTH_MAX = 760;
/** Above and below the graph, and what the heading of a deadlock takes. */
const PADDING = 24;
const HEADING = 60;
const CHAIN = 40;
/** Lower, three sessions have no room for their words: then it is scrolled. */
const GRAPH_BESIDE_CHAIN = 150;
/** In less room the graph comes first: that there was a deadlock stands over all panels too. */
const LOW = 240;
const BADGE_LETTER = 16;

export function WaitGraphView(props: {
  readonly state: State;
  readonly words: StageWords;
  readonly pointing: Pointing;
  /** Brings the cursor behind this event. */
  readonly onGoTo: (seq: number) => void;
  /** What else can be done about a deadlock. */
  readonly ofDeadlock?: ReactNode;
  /** Instead of how to bring about a wait, where there is one at another time. */
  readonly elsewhere?: ReactNode;
}): ReactNode {
  const { state, words, pointing, onGoTo, ofDeadlock = null, elsewhere = null } = props;
  const place = useRef<HTMLDivElement>(null);
  const [isDeadlockAsked, setDeadlockAsked] = useState(false);
  const fresh = freshDeadlock(state);
  const deadlock = fresh ?? (isDeadlockAsked ? state.lastDeadlock : null);
  const zoom = useMedia(HUGE) ? HUGE_ZOOM : 1;
  const width = Math.min(Math.floor(useWidth(place) / zoom), WIDTH_MAX);
  const height = Math.floor(useRoom(place) / zoom);
  const isLow = height > 0 && height < LOW;
  const chains = useChains(state, words, deadlock === null);
  const above = (deadlock === null || isLow ? PADDING : HEADING) + chains.length * CHAIN;
  const least = chains.length > 0 ? GRAPH_BESIDE_CHAIN : 0;
  const room = height === 0 ? undefined : Math.max(height - above, least);
  const graph = useMemo(
    () => waitGraph(state, deadlock, width, graphTexts(words, deadlock), room),
    [state, deadlock, width, words, room],
  );
  const isEmpty = graph.edges.length === 0;
  const isOver = deadlock !== null && state.seq > deadlock.seq + 1;
  const heading = deadlock !== null && (
    <DeadlockHeading {...{ state, deadlock, words, onGoTo, ofDeadlock }} />
  );
  return (
    <PictureArea
      label={words.panels.waits}
      pointing={pointing}
      {...{ state, words }}
      className="stage-waits"
    >
      <div ref={place}>
        {!isLow && heading}
        {isEmpty && (elsewhere ?? <p className="stage-hint">{words.waits.empty}</p>)}
        {chains.map((said) => (
          <p key={said} className="wait-chain">
            {said}
          </p>
        ))}
        {!isEmpty && width > 0 && (
          <Picture label={words.panels.waits} width={graph.width} height={graph.height}>
            {graph.edges.map((edge) => (
              <EdgeMark key={edge.id} edge={edge} selected={pointing.selected} words={words} />
            ))}
            {graph.edges.map((edge) => (
              <EdgeWords key={edge.id} edge={edge} />
            ))}
            {graph.nodes.map((node) => (
              <NodeMark key={node.session} node={node} selected={pointing.selected} words={words} />
            ))}
          </Picture>
        )}
        {isLow && heading}
        {deadlock !== null && <Weights deadlock={deadlock} words={words} />}
        <EdgeList edges={graph.edges.map(({ edge }) => edge)} {...{ words, isOver }} />
        {isOver && <StillWaiting state={state} words={words} />}
        {state.lastDeadlock !== null && fresh === null && (
          <button
            type="button"
            className="stage-button"
            onClick={() => setDeadlockAsked(!isDeadlockAsked)}
          >
            {isDeadlockAsked ? words.waits.hideDeadlock : words.waits.lastDeadlock}
          </button>
        )}
      </div>
    </PictureArea>
  );
}

const useWaitChains = lateFunction(
  async () => (await import("../../trace/why/wait_chain.ts")).waitChains,
);

/** Where one in the way waits itself: who has to go first. */
function useChains(state: State, words: StageWords, isNow: boolean): readonly string[] {
  const waiting = state.sessions.filter(({ wait }) => wait !== null && wait.blockers.length > 0);
  const isWanted = isNow && waiting.length > 1;
  const find = useWaitChains(isWanted);
  return useMemo(
    () => find?.(state).map(({ sessions, ends }) => words.waits.chain(sessions, ends)) ?? [],
    [find, state, words],
  );
}

/** That it happened, and who was rolled back. */
function DeadlockHeading(props: {
  readonly state: State;
  readonly deadlock: DeadlockState;
  readonly words: StageWords;
  readonly onGoTo: (seq: number) => void;
  readonly ofDeadlock: ReactNode;
}): ReactNode {
  const { state, deadlock, onGoTo, ofDeadlock } = props;
  const { waits } = props.words;
  const victim = deadlock.cycle.find((member) => member.trx === deadlock.victim);
  const isThere = state.seq === deadlock.seq + 1;
  const isStillOpen = intMapGet(state.trxs, deadlock.victim) !== undefined;
  return (
    <div className="deadlock-heading">
      <p className="deadlock-line">
        <strong>{waits.deadlock}</strong>
        {victim !== undefined && (
          <span className="deadlock-victim">
            ✗ {victim.session}: {isStillOpen ? waits.victimChosen : waits.victim}
          </span>
        )}
        {!isThere && (
          <button type="button" className="stage-button" onClick={() => onGoTo(deadlock.seq)}>
            {waits.toDeadlock}
          </button>
        )}
        {ofDeadlock}
      </p>
    </div>
  );
}

/** Why this one: the weights, and what decided. */
function Weights(props: {
  readonly deadlock: DeadlockState;
  readonly words: StageWords;
}): ReactNode {
  const { deadlock } = props;
  const { waits } = props.words;
  const victim = deadlock.cycle.find((member) => member.trx === deadlock.victim);
  return (
    <div className="deadlock-why">
      {victim !== undefined && <p>{whyChosen(deadlock, victim, waits)}</p>}
      <ul className="deadlock-weights">
        {deadlock.cycle.map((member) => (
          <li key={member.trx} title={waits.weightMeans}>
            <SessionChip session={member.session} />
            {waits.weight(member.weight, member.undoCount, member.lockStructs)}
          </li>
        ))}
      </ul>
    </div>
  );
}

function NodeMark(props: {
  readonly node: GraphNode;
  readonly selected: string | null;
  readonly words: StageWords;
}): ReactNode {
  const { node, selected } = props;
  const { centre, radius } = node;
  const key = `session:${node.session}`;
  const [first, ...rest] = node.lines;
  return (
    <g className="moves" style={{ transform: `translate(${centre.x}px,${centre.y}px)` }}>
      <SvgButton
        className={`graph-node ${node.isInvolved ? "" : "graph-node-idle"}`}
        session={node.session}
        refKeys={key}
        isPressed={selected === key}
        label={[node.session, ...node.lines.map((line) => line.text)].join(", ")}
      >
        <circle r={radius} className="halo" />
        <circle r={radius} className="session-fill" />
        <text
          dy="0.35em"
          textAnchor="middle"
          className="t-key session-on"
          style={{ fontSize: BADGE_LETTER }}
        >
          {node.session}
        </text>
        {node.isVictim && (
          <g transform={`translate(${radius * 0.8},${-radius * 0.8})`}>
            <circle r="10" className="victim-ground" />
            <path className="victim-cross" d="M-4,-4L4,4M4,-4L-4,4" />
          </g>
        )}
        {[first, ...rest].map(
          (line) =>
            line !== undefined && (
              <text
                key={line.y}
                x={line.x - centre.x}
                y={line.y - centre.y}
                dy="0.35em"
                textAnchor={line.anchor}
                className={`t-note ${node.isVictim && line === first ? "t-danger" : "t-muted"}`}
              >
                {line.text}
              </text>
            ),
        )}
      </SvgButton>
    </g>
  );
}

function EdgeMark(props: {
  readonly edge: GraphEdge;
  readonly selected: string | null;
  readonly words: StageWords;
}): ReactNode {
  const { edge, selected, words } = props;
  const { tip } = edge;
  const { from, to, mode, on } = edge.edge;
  const key = keyOf(edge);
  return (
    <SvgButton
      className="graph-edge"
      arrival="arrives-fading"
      session={from}
      refKeys={key}
      isPressed={selected === key}
      label={words.waits.edge(from, to, `${mode} ${on}`)}
    >
      <path d={edge.path} className="halo" />
      <path d={edge.path} className="edge-line" />
      <path
        className="edge-head"
        transform={`translate(${tip.x},${tip.y}) rotate(${tip.angle})`}
        d="M0,0L-11,-6V6Z"
      />
    </SvgButton>
  );
}

/** What is waited for, on top of all arrows. */
function EdgeWords({ edge }: { readonly edge: GraphEdge }): ReactNode {
  const { label } = edge;
  if (label === null) return null;
  return (
    <g className="graph-edge" data-ref={keyOf(edge)} data-session={edge.edge.from}>
      <rect {...label.box} rx="4" className="edge-ground" />
      {label.lines.map((line, at) => (
        <text
          key={line.y}
          x={line.x}
          y={line.y}
          dy="0.35em"
          textAnchor="middle"
          className={`t-note ${at === 0 ? "t-strong" : "t-muted"}`}
        >
          {line.text}
        </text>
      ))}
    </g>
  );
}

function keyOf({ edge }: GraphEdge): string {
  return edge.ref === null ? `session:${edge.from}` : refKey(edge.ref);
}

/** MySQL's name for it behind the word for what it locks. */
function lockName(kind: Wanted["kind"] | null, mode: string, { kinds }: StageWords): string {
  return kind !== null && kind in kinds ? `${kinds[kind as LockKind]} ${mode}` : mode;
}

/** A deadlock is over and drawn as it was: who waits at this place in time. */
function StillWaiting(props: { readonly state: State; readonly words: StageWords }): ReactNode {
  const edges = waitEdges(props.state);
  if (edges.length === 0) return null;
  return (
    <>
      <p className="wait-chain">{props.words.waits.now}</p>
      <EdgeList edges={edges} words={props.words} isOver={false} />
    </>
  );
}

function EdgeList(props: {
  readonly edges: readonly WaitEdge[];
  readonly words: StageWords;
  /** Of a deadlock that is over. */
  readonly isOver: boolean;
}): ReactNode {
  const { edges, words, isOver } = props;
  if (edges.length === 0) return null;
  return (
    <ul className="edge-list">
      {edges.map((edge) => (
        <li
          key={`${edge.from} ${edge.to} ${edge.mode} ${edge.on}`}
          data-ref={edge.ref === null ? undefined : refKey(edge.ref)}
        >
          <SessionChip session={edge.from} />
          {words.waits.edge(
            edge.from,
            edge.to,
            `${lockName(edge.wanted.kind, edge.mode, words)} ${edge.on}`,
            isOver,
          )}
          {edge.held.some(({ mode }) => mode !== "") && (
            <span className="edge-held">
              {words.waits[edge.isQueued ? "isAhead" : "holds"](
                edge.to,
                edge.held.map(({ kind, mode }) => lockName(kind, mode, words)).join(", "),
                isOver,
              )}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
