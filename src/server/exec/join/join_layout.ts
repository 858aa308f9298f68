/**
 * The tables of a join in the order that was decided on, each with the part it has in an outer join or in a semi-join's
 * strategy.
 *
 * MySQL: Optimize_table_order::fix_semijoin_strategies, make_outerjoin_info, setup_semijoin_dups_elimination.
 */
import { type JoinNest, nestAround } from "./join_model.ts";
import type { Position, Search, SearchRequest } from "./join_search.ts";
import { firstMatchOrLooseScan, scanAnswer, semijoinOf } from "./semijoin_search.ts";

/** A table, or a semi-join's materialized values in the place of its tables. */
export interface LaidOut {
  readonly position: Position;
  readonly materialized: {
    readonly nest: JoinNest;
    readonly isLookup: boolean;
    readonly positions: readonly Position[];
  } | null;
}

export interface Span {
  readonly first: number;
  /** The place of the last one. */
  readonly last: number;
}

export interface Layout {
  readonly tables: readonly LaidOut[];
  readonly firstMatches: readonly Span[];
  /** `last`: where the loose scan's semi-join ends. */
  readonly looseScans: readonly Span[];
  readonly weedouts: readonly Span[];
  /** Outer and anti joins by their first table. */
  readonly nests: readonly (Span & { readonly nest: JoinNest })[];
}

export function layOut(request: SearchRequest, positions: readonly Position[]): Layout {
  const search: Search = {
    request,
    positions: [...positions],
    best: [],
    bestCost: 0,
    hasAllowed: true,
    mustSort: false,
  };
  const spans = request.within === null ? strategiesOf(search) : [];
  const tables: LaidOut[] = [];
  const placeOf = new Map<number, number>();
  for (let at = 0; at < search.positions.length; at += 1) {
    const position = search.positions[at] as Position;
    const made = spans.find(
      (span) => at === span.first && (span.kind === "lookup" || span.kind === "scan"),
    );
    placeOf.set(at, tables.length);
    const materialization =
      made === undefined ? undefined : request.materializations.get(made.nest);
    if (made === undefined || materialization === undefined) {
      tables.push({ position, materialized: null });
      continue;
    }
    const { positions: own } = materialization;
    const isLookup = made.kind === "lookup";
    tables.push({ position, materialized: { nest: made.nest, isLookup, positions: own } });
    for (let i = 0; i < own.length; i += 1) placeOf.set(at + i, tables.length - 1);
    at += own.length - 1;
  }
  const moved = (kind: StrategySpan["kind"]): Span[] =>
    spans
      .filter((span) => span.kind === kind)
      .map(({ first, last }) => ({
        first: placeOf.get(first) ?? 0,
        last: placeOf.get(last) ?? 0,
      }));
  return {
    tables,
    firstMatches: moved("firstMatch"),
    looseScans: moved("looseScan"),
    weedouts: moved("weedout").map((span) => widened(span, tables)),
    nests: nestSpans(tables, request.within),
  };
}

interface StrategySpan extends Span {
  readonly kind: "firstMatch" | "looseScan" | "lookup" | "scan" | "weedout";
  readonly nest: JoinNest;
}

/** From the last table to the first: which strategy each stretch of tables is read by. */
function strategiesOf(search: Search): readonly StrategySpan[] {
  const { positions, request } = search;
  const spans: StrategySpan[] = [];
  let after = 0;
  for (let at = positions.length - 1; at >= 0; at -= 1) {
    const position = positions[at] as Position;
    const nest = semijoinOf(position);
    const bit = position.table.member.bit;
    const isHandled = spans.some(({ first, last }) => at >= first && at <= last);
    if (isHandled || position.strategy === "none") {
      after |= bit;
      continue;
    }
    const count = nest === null ? 1 : (request.materializations.get(nest)?.positions.length ?? 1);
    switch (position.strategy) {
      case "lookup":
        if (nest !== null) spans.push({ kind: "lookup", nest, first: at - count + 1, last: at });
        break;
      case "scan": {
        const inner = positions[position.scanLastInner] as Position;
        const made = semijoinOf(inner);
        if (made === null) break;
        const size = request.materializations.get(made)?.positions.length ?? 1;
        const first = position.scanLastInner - size + 1;
        scanAnswer(search, position.scanLastInner, at, after, made, true);
        spans.push({ kind: "scan", nest: made, first, last: position.scanLastInner });
        break;
      }
      case "firstMatch": {
        const first = position.firstMatch ?? at;
        firstMatchOrLooseScan(search, first, at, after, false, true);
        if (nest?.kind === "semi") spans.push({ kind: "firstMatch", nest, first, last: at });
        break;
      }
      case "looseScan": {
        const first = position.looseScan ?? at;
        const driving = semijoinOf(positions[first] as Position);
        firstMatchOrLooseScan(search, first, at, after, true, true);
        if (driving === null) break;
        const inner = positions.filter((one) => semijoinOf(one) === driving).length;
        const last = first + inner - 1;
        spans.push({ kind: "looseScan", nest: driving, first, last });
        // Of the subquery's other tables one match is enough (MySQL: setup_semijoin_dups_elimination).
        if (inner > 1) spans.push({ kind: "firstMatch", nest: driving, first: first + 1, last });
        break;
      }
      case "weedout": {
        const driving = semijoinOf(positions[position.weedout] as Position);
        if (driving === null) break;
        spans.push({ kind: "weedout", nest: driving, first: position.weedout, last: at });
        break;
      }
    }
    after |= bit;
  }
  return spans;
}

/** A join buffer inside mixes the rows of the tables before: they all have to be told apart. */
function widened(span: Span, tables: readonly LaidOut[]): Span {
  const isBuffered = tables
    .slice(span.first, span.last + 1)
    .some(({ position }) => position.access.usesBuffer);
  return isBuffered ? { ...span, first: 0 } : span;
}

function nestSpans(
  tables: readonly LaidOut[],
  within: JoinNest | null,
): readonly (Span & { readonly nest: JoinNest })[] {
  const found = new Map<JoinNest, { first: number; last: number }>();
  for (const [at, { position }] of tables.entries()) {
    let nest = nestAround(position.table.member.nest, ["left", "anti"]);
    while (nest !== null && nest !== within) {
      const span = found.get(nest);
      if (span === undefined) found.set(nest, { first: at, last: at });
      else span.last = at;
      nest = nestAround(nest.parent, ["left", "anti"]);
    }
  }
  return [...found].map(([nest, span]) => ({ ...span, nest }));
}
