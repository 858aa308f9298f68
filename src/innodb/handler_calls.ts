/**
 * How often a session's statements called InnoDB's handlers, by what MySQL counts. A read of the first row or the last, or of a row
 * by its position, is a read by key as well, which `READ_KEY` leaves out.
 *
 * MySQL: System_status_var::ha_read_first_count and its neighbours.
 */
export const READ_KEY = 0;
export const READ_FIRST = 1;
export const READ_LAST = 2;
export const READ_NEXT = 3;
export const READ_PREV = 4;
export const READ_RND = 5;
export const READ_RND_NEXT = 6;
export const WRITE = 7;
export const UPDATE = 8;
export const DELETE = 9;

/** A count for each of these. */
export type HandlerCalls = number[];
