/** Two sockets and a line: what send() takes, when bytes arrive, and what becomes of them when an end is closed. */
import { describe, expect, it } from "vitest";
import { Link } from "../../src/net/socket/link.ts";

const MS = 1000;

function line(change: Partial<Link["settings"]> = {}): Link {
  return new Link({
    sendBufferBytes: 10_000,
    receiveBufferBytes: 4000,
    bandwidthBytesPerS: null,
    latencyMs: 0,
    segmentBytes: 1000,
    ...change,
  });
}

describe("a line", () => {
  it("takes as long as the bytes need at its bandwidth, and a latency more", () => {
    const link = line({ bandwidthBytesPerS: 1000, latencyMs: 20, receiveBufferBytes: 100_000 });
    expect(link.accept(3000)).toBe(3000);
    link.advance(1019 * MS);
    expect(link.arrived).toBe(0);
    link.advance(1020 * MS);
    expect(link.arrived).toBe(1000);
    link.advance(3020 * MS);
    expect(link.arrived).toBe(3000);
    expect(link.nextDueUs()).toBe(3040 * MS);
    link.advance(3040 * MS);
    expect(link.held).toBe(0);
  });

  it("stops when nobody reads: receive buffer, then send buffer, then EAGAIN", () => {
    const link = line();
    expect(link.accept(16_384)).toBe(10_000);
    link.advance(0);
    expect(link.receiveBuffer).toBe(4000);
    expect(link.accept(16_384)).toBe(4000);
    expect(link.accept(1)).toBe(0);
    expect([link.receiveBuffer, link.held, link.isWritable]).toEqual([4000, 10_000, false]);
  });

  it("is writable again when a third of the send buffer is free", () => {
    const link = line({ segmentBytes: 100 });
    link.accept(10_000);
    link.advance(0);
    link.accept(4000);
    link.read(3300);
    link.advance(0);
    expect([link.held, link.isWritable]).toEqual([6700, false]);
    link.read(100);
    link.advance(0);
    expect([link.held, link.isWritable]).toEqual([6600, true]);
  });

  it("still delivers what the socket had taken when the server closes its end", () => {
    const link = line({ latencyMs: 5 });
    link.accept(2500);
    link.shutDown();
    link.advance(4 * MS);
    expect([link.arrived, link.hasEnded]).toEqual([0, false]);
    link.advance(5 * MS);
    expect([link.arrived, link.hasEnded]).toEqual([2500, true]);
  });

  it("drops what is on its way when the client closes, and tells the server a latency later", () => {
    const link = line({ latencyMs: 5 });
    link.accept(9000);
    link.advance(5 * MS);
    expect(link.receiveBuffer).toBe(4000);
    link.closeByClient();
    expect([link.receiveBuffer, link.isReset]).toEqual([0, false]);
    link.advance(10 * MS);
    expect([link.isReset, link.held, link.dropped]).toEqual([true, 0, 9000]);
  });
});
