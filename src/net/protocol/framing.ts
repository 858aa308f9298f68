/**
 * How a payload becomes packets on the wire: a header of four bytes (three for the length, one for the sequence number) in
 * front of every 16,777,215 bytes, and a packet shorter than that, empty if need be, at the end.
 *
 * MySQL: my_net_write (sql-common/net_serv.cc).
 */

export const HEADER_BYTES = 4;
/** MySQL: MAX_PACKET_LENGTH. */
const PACKET_BYTES_MAX = 0xff_ffff;

/** The lengths that the payload is cut into; one of them for all but giants. */
export function framesOf(payloadBytes: number): readonly number[] {
  if (payloadBytes < PACKET_BYTES_MAX) return [payloadBytes];
  const whole = Math.floor(payloadBytes / PACKET_BYTES_MAX);
  return [...new Array<number>(whole).fill(PACKET_BYTES_MAX), payloadBytes % PACKET_BYTES_MAX];
}

/** Bytes on the wire, headers included. */
export function framedLength(payloadBytes: number): number {
  return payloadBytes + HEADER_BYTES * (Math.floor(payloadBytes / PACKET_BYTES_MAX) + 1);
}
