/**
 * What a streamed statement reads, summed up: of 100,000 records one by one nobody sees each.
 *
 * The first records are told one by one. After that, plain ones (a record that matches or does not, the end of a page, a
 * version on the page that the read view sees) are counted, and told of together as `rec.streamed` before anything else is told. Whatever is not plain
 * (an older version, a lock, a delete mark) stays an event of its own.
 */
import type { EventBody } from "../../trace/events.ts";

type Streamed = Extract<EventBody, { type: "rec.streamed" }>;

/** Records that are told one by one. */
const DETAILED = 200;

export class VisitDigest {
  #seen = 0;
  #sum: Streamed | null = null;
  /** The only one counted so far; it is told as it is when it stays alone. */
  #alone: EventBody | null = null;

  /** True: it is counted, and need not be told. False: it has to be told itself. */
  takes(body: EventBody): boolean {
    if (body.type === "rec.visited") {
      const { verdict } = body;
      if (verdict !== "match" && verdict !== "noMatch" && verdict !== "supremum") return false;
      this.#seen += 1;
      if (this.#seen <= DETAILED || !this.#isSamePlace(body)) return false;
      const sum = this.#sumWith(body);
      const verdicts = { ...sum.verdicts };
      verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
      this.#sum =
        verdict === "supremum"
          ? { ...sum, verdicts }
          : { ...sum, visited: sum.visited + 1, toKey: body.key, verdicts };
      return true;
    }
    if (body.type !== "readView.checked" || body.depth > 0 || !body.visible) return false;
    if (this.#seen < DETAILED || !this.#isSamePlace(body)) return false;
    const sum = this.#sumWith(body);
    const rules = { ...sum.rules };
    rules[body.rule] = (rules[body.rule] ?? 0) + 1;
    this.#sum = { ...sum, toKey: body.key, rules };
    return true;
  }

  /** What was counted since the last time; null when nothing was. */
  take(): EventBody | null {
    const told = this.#alone ?? this.#sum;
    this.#sum = null;
    this.#alone = null;
    return told;
  }

  #isSamePlace(at: { readonly tableName: string; readonly indexName: string }): boolean {
    const sum = this.#sum;
    return sum === null || (sum.tableName === at.tableName && sum.indexName === at.indexName);
  }

  #sumWith(body: Extract<EventBody, { type: "rec.visited" | "readView.checked" }>): Streamed {
    const { tableName, indexName, key } = body;
    this.#alone = this.#sum === null ? body : null;
    return (
      this.#sum ?? {
        type: "rec.streamed",
        tableName,
        indexName,
        visited: 0,
        fromKey: key,
        toKey: key,
        verdicts: {},
        rules: {},
      }
    );
  }
}
