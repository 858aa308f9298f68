/** net_buffer against the rule written down byte by byte. */
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { NetBuffer } from "../../src/net/net_buffer.ts";

/** On a busy machine. */
vi.setConfig({ testTimeout: 120_000 });

/** Every byte goes in by itself; what a write finds no room for is decided for the write as a whole. */
function sendsByTheBook(length: number, payloads: readonly number[]): number[] {
  const sends: number[] = [];
  let filled = 0;
  const write = (bytes: number): void => {
    let rest = bytes;
    if (rest > length - filled && filled > 0) {
      rest -= length - filled;
      sends.push(length);
      filled = 0;
    }
    if (rest > length) sends.push(rest);
    else filled += rest;
  };
  for (const payload of payloads) {
    write(4);
    write(payload);
  }
  if (filled > 0) sends.push(filled);
  return sends;
}

/** A socket that takes at most `appetite` bytes at a time. */
function sendsOf(length: number, payloads: readonly number[], appetite: number) {
  const buffer = new NetBuffer(length);
  const sends: number[] = [];
  let most = 0;
  // biome-ignore lint/correctness/useYield: this socket never makes anybody wait
  const send = function* (bytes: number): Generator<never, boolean, void> {
    sends.push(bytes);
    for (let rest = bytes; rest > 0; ) {
      most = Math.max(most, buffer.filled + buffer.pending);
      const taken = Math.min(rest, appetite);
      buffer.taken(taken);
      rest -= taken;
    }
    return true;
  };
  for (const payload of payloads) {
    if (!buffer.take(payload)) expect([...buffer.write(payload, send)]).toEqual([]);
    most = Math.max(most, buffer.filled + buffer.pending);
  }
  expect([...buffer.flush(send)]).toEqual([]);
  return { sends, left: buffer.filled + buffer.pending, most };
}

describe("net_buffer", () => {
  it("sends what net_write_buff sends, however little the socket takes at a time", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 5, max: 64 }),
        fc.array(fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 300 }))),
        fc.integer({ min: 1, max: 400 }),
        (length, payloads, appetite) => {
          const { sends, left, most } = sendsOf(length, payloads, appetite);
          expect(sends).toEqual(sendsByTheBook(length, payloads));
          expect(left).toBe(0);
          expect(most).toBeLessThanOrEqual(length + Math.max(0, ...payloads) + 4);
        },
      ),
    );
  });

  it("grows for a long statement in steps of 4096 bytes, and stays so", () => {
    const buffer = new NetBuffer(1024);
    buffer.growFor(1023);
    expect(buffer.length).toBe(1024);
    buffer.growFor(30_051);
    expect(buffer.length).toBe(32_768);
    buffer.growFor(10);
    expect(buffer.length).toBe(32_768);
  });
});
