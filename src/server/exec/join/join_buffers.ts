/**
 * Which tables are joined through a buffer, that is by a hash join.
 *
 * MySQL: setup_join_buffering, revise_cache_usage.
 */
import type { LaidOut } from "./join_layout.ts";
import { nestAround } from "./join_model.ts";
import type { StepsRequest } from "./join_steps.ts";

/** For each table in its place. One that is read otherwise takes the buffers of the outer joins around from those before it. */
export function bufferedTables(given: StepsRequest): readonly boolean[] {
  const { layout } = given;
  const buffered: boolean[] = [];
  const mayBuffer = !isOrderForced(given);
  for (let at = 0; at < layout.tables.length; at += 1) {
    buffered.push(mayBuffer && usesBuffer(given, at, buffered));
    if (at > 0 && buffered[at] !== true) withoutBuffers(given, at, buffered);
  }
  return buffered;
}

/** FORCE INDEX of the first table, and an order that it is for. MySQL: JOIN::make_join_plan's no_jbuf_after. */
function isOrderForced({ request, layout }: StepsRequest): boolean {
  const source = layout.tables[0]?.position.table.member.table.source;
  if (source?.kind !== "base" || request.order.length === 0) return false;
  const { hints } = source;
  return ((request.isGroup ? hints.forGroup : hints.forOrder) ?? hints).force;
}

function usesBuffer(given: StepsRequest, at: number, before: readonly boolean[]): boolean {
  const { request, layout } = given;
  const { position, materialized } = layout.tables[at] as LaidOut;
  if (at === 0 || !request.mayHash || materialized !== null || !position.access.usesBuffer) {
    return false;
  }
  const { table } = position.table.member;
  if ((given.rechecked?.get(table)?.eachRow ?? null) !== null) return false;
  const isIn = (span: { readonly first: number; readonly last: number }) =>
    at >= span.first && at <= span.last;
  if (layout.looseScans.some(isIn)) return false;
  const nest = nestAround(position.table.member.nest, ["left", "anti"]);
  const match = layout.firstMatches.find(isIn);
  if (match !== undefined && (match.first !== match.last || nest !== null)) return false;
  return firstOfNests(given, at).every((first) => first >= at || before[first] === true);
}

/** The places of the first tables of the outer joins around a table, from the inside out. */
function firstOfNests({ layout }: StepsRequest, at: number): readonly number[] {
  const { position } = layout.tables[at] as LaidOut;
  const found: number[] = [];
  for (
    let nest = nestAround(position.table.member.nest, ["left", "anti"]);
    nest !== null;
    nest = nestAround(nest.parent, ["left", "anti"])
  ) {
    const span = layout.nests.find((one) => one.nest === nest);
    if (span !== undefined) found.push(span.first);
  }
  return found;
}

function withoutBuffers(given: StepsRequest, at: number, buffered: boolean[]): void {
  const firsts = firstOfNests(given, at);
  for (const first of firsts) for (let i = first; i < at; i += 1) buffered[i] = false;
  if (firsts.length > 0) return;
  const match = given.layout.firstMatches.find((span) => at >= span.first && at <= span.last);
  if (match !== undefined) for (let i = match.first; i < at; i += 1) buffered[i] = false;
}
