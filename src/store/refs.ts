/**
 * What the page can point at: the one selection and the one hover that every picture shares. The type lives in
 * `trace`, where the diagrams (which know no store) can name it too.
 */
export { type Ref, sameRef } from "../trace/ref.ts";
