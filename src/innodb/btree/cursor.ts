/**
 * Searching an index and moving over it.
 *
 *   seek(index, key, n, mode)     n: so many leading fields of the key count; later ones match anything
 *     "LE"  the last record <= key       "L"  the last record < key      (or the page's infimum)
 *     "GE"  the first record >= key      "G"  the first record > key     (or the page's supremum)
 *
 * As in InnoDB, a search for GE goes down to the page where the last record < key is; when the next greater record
 * is on the following page, the cursor stands on the supremum of the former.
 *
 * InnoDB: btr0cur.cc (btr_cur_search_to_nth_level), page0cur.cc (page_cur_search_with_match), btr0pcur.ic.
 */
import { assert } from "../../base/assert.ts";
import type { PageNo } from "../../trace/ids.ts";
import type { Datum } from "../api.ts";
import { compareKeys, matchedFields } from "../datum.ts";
import { keyText } from "../key_text.ts";
import type { EngineContext, Index, Page, Rec } from "../types.ts";
import { entriesBelow } from "./bounds.ts";

/** InnoDB: page_cur_mode_t. */
export type SearchMode = "GE" | "G" | "LE" | "L";

/** Where a search has ended. Who asks for no match costs no look at the neighbouring record. */
export class Position {
  readonly rec: Rec;
  readonly #page: Page;
  readonly #above: number;
  readonly #key: readonly Datum[];
  readonly #n: number;

  /** `above`: the place of the record above the position on its page. */
  constructor(page: Page, above: number, key: readonly Datum[], n: number, isUpper: boolean) {
    const at = isUpper ? above : above - 1;
    const found = at < 0 ? undefined : page.recs[at];
    if (found !== undefined) found.slot = at;
    this.rec = found ?? (isUpper ? page.supremum : page.infimum);
    this.#page = page;
    this.#above = above;
    this.#key = key;
    this.#n = n;
  }

  /** Fields of the key that the record at or below the position matches (InnoDB: low_match); 0 on the infimum. */
  get lowMatch(): number {
    return this.#match(this.#above - 1);
  }

  /** Fields of the key that the record above matches (InnoDB: up_match); 0 on the supremum. */
  get upMatch(): number {
    return this.#match(this.#above);
  }

  #match(at: number): number {
    const { recs, index, firsts } = this.#page;
    const wanted = this.#key[0];
    // The record itself need not be looked at where the page knows that its first field is another one.
    const first = at < 0 || firsts === null ? undefined : firsts[at];
    if (first !== undefined && typeof wanted === "number" && index.fields[0]?.desc === false) {
      if (first !== wanted || this.#n === 1) return first === wanted ? 1 : 0;
    }
    const rec = at < 0 ? undefined : recs[at];
    return rec === undefined ? 0 : matchedFields(index.fields, rec.key, this.#key, this.#n);
  }
}

/** Goes down the tree and says so in the trace. */
export function search(
  context: EngineContext,
  index: Index,
  key: readonly Datum[],
  n: number,
  mode: SearchMode,
  constraint: string | null = null,
): Position {
  const { root } = index;
  // Lists that grow take room for sixteen more.
  const path = root.level === 0 ? [root.no] : [root.no, root.no];
  const position = seek(index, key, n, mode, path);
  const { head } = context;
  const searched = {
    type: "index.searched",
    index: index.id,
    indexName: index.name,
    tableName: index.table.def.name,
    mode,
    key: keyText(index, key.slice(0, n)),
    path,
    seq: head.seq,
    ms: head.ms,
    command: head.command,
    statement: head.statement,
    session: head.session,
  } as const;
  context.emit(constraint === null ? searched : { ...searched, constraint });
  return position;
}

/** The search itself. `path`, which begins with the root, gets the pages from there to the leaf. */
export function seek(
  index: Index,
  key: readonly Datum[],
  n: number,
  mode: SearchMode,
  path?: PageNo[],
): Position {
  const { root } = index;
  let page = root;
  while (page.level > 0) {
    page = childFor(page, key, n, mode === "GE" || mode === "L");
    if (path !== undefined) path[root.level - page.level] = page.no;
  }
  const above = entriesBelow(page, key, n, mode === "GE" || mode === "L");
  return new Position(page, above, key, n, mode === "GE" || mode === "G");
}

/** The record with exactly this key, delete-marked or not. */
export function findRec(index: Index, key: readonly Datum[]): Rec | null {
  const { rec } = seek(index, key, index.fields.length, "LE");
  return rec.kind === "user" && compareKeys(index.fields, rec.key, key, index.fields.length) === 0
    ? rec
    : null;
}

/** The child in which the search goes on: the last one that begins below (`isStrict`) or at most at the key. */
function childFor(page: Page, key: readonly Datum[], n: number, isStrict: boolean): Page {
  const above = entriesBelow(page, key, n, isStrict);
  return page.children[Math.max(0, above - 1)] as Page;
}

// ---------------------------------------------------------------- moving

/** Position of a user record on its page. */
export function slotOf(rec: Rec): number {
  const { recs, index } = rec.page;
  if (recs[rec.slot] === rec) return rec.slot;
  const at = entriesBelow(rec.page, rec.key, index.fields.length, true);
  assert(recs[at] === rec, "the record is on its page", rec.id);
  rec.slot = at;
  return at;
}

/** The next record on the same page; after the last user record the supremum. */
export function nextOnPage(rec: Rec): Rec {
  assert(rec.kind !== "supremum", "nothing follows the supremum");
  const at = rec.kind === "infimum" ? 0 : slotOf(rec) + 1;
  const next = rec.page.recs[at];
  if (next === undefined) return rec.page.supremum;
  next.slot = at;
  return next;
}

/** InnoDB: btr_pcur_t::move_to_next: from the supremum to the next page's infimum; null at the end of the index. */
export function nextRec(rec: Rec): Rec | null {
  if (rec.kind === "supremum") return rec.page.next?.infimum ?? null;
  return nextOnPage(rec);
}

/** InnoDB: btr_pcur_t::move_to_prev: from the infimum to the previous page's supremum; null at the start. */
export function prevRec(rec: Rec): Rec | null {
  const { page } = rec;
  if (rec.kind === "infimum") return page.prev?.supremum ?? null;
  const at = (rec.kind === "supremum" ? page.recs.length : slotOf(rec)) - 1;
  const prev = page.recs[at];
  if (prev === undefined) return page.infimum;
  prev.slot = at;
  return prev;
}

/** The next user record of the index, whatever its page. */
export function nextUserRec(rec: Rec): Rec | null {
  let next = nextRec(rec);
  while (next !== null && next.kind !== "user") next = nextRec(next);
  return next;
}

export function leftmostLeaf(index: Index): Page {
  let page = index.root;
  while (page.level > 0) page = page.children[0] as Page;
  return page;
}

export function rightmostLeaf(index: Index): Page {
  let page = index.root;
  while (page.level > 0) page = page.children.at(-1) as Page;
  return page;
}

/** Leaf pages from left to right. */
export function leavesOf(index: Index): Page[] {
  const leaves: Page[] = [];
  for (let page: Page | null = leftmostLeaf(index); page !== null; page = page.next)
    leaves.push(page);
  return leaves;
}
