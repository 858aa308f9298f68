/** Branded primitives: a number or string that the type checker will not mix up with another of its kind. */

declare const brand: unique symbol;

/** `T` at run time and in JSON; a type of its own for the checker. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };
