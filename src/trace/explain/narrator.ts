/** What a language must be able to say: one sentence for every type of event. A missing one does not compile. */
import type { EventBody, EventHead, EventType, TraceEvent } from "../events.ts";

type BodyOf<B, T> = B extends { readonly type: infer U } ? (T extends U ? B : never) : never;

/** The events of one type. */
export type EventOf<T extends EventType> = EventHead & BodyOf<EventBody, T>;

/** Sentences for a family of events. */
export type NarratorOf<B extends EventBody> = {
  readonly [T in B["type"]]: (event: EventOf<T>) => string;
};

export type Narrator = NarratorOf<EventBody>;

/** Any event by the narrator that has a sentence for its type. */
export function told(narrator: Narrator, event: TraceEvent): string {
  return (narrator[event.type] as (event: TraceEvent) => string)(event);
}
