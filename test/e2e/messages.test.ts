/** The contract between a host page and a plain frame: handshake, versions, origins, and every message. */
import type { Page } from "playwright-core";
import { describe, expect, inject, it } from "vitest";
import { launchBrowser } from "./browser.ts";
import { serveBlog } from "./posts/serve_posts.ts";
import { shared } from "./shared.ts";

interface Heard {
  readonly type: string;
  readonly [name: string]: unknown;
}

interface HostWindow {
  readonly heard: Heard[];
  say(message: object): void;
}

describe("a host page and a frame", () => {
  const browser = shared(launchBrowser);
  const blog = shared(() => serveBlog(inject("siteFolder")));

  async function open(): Promise<Page> {
    const page = await browser().newPage();
    await page.goto(`${blog().posts.url}blog/messages.html`);
    await last(page, "state");
    return page;
  }
  const say = (page: Page, message: object) =>
    page.evaluate((said) => (window as unknown as HostWindow).say(said), message);
  const heard = (page: Page, type: string): Promise<readonly Heard[]> =>
    page.evaluate(
      (wanted) => (window as unknown as HostWindow).heard.filter((one) => one.type === wanted),
      type,
    );
  async function last(page: Page, type: string): Promise<Heard> {
    await expect.poll(async () => (await heard(page, type)).length).toBeGreaterThan(0);
    return (await heard(page, type)).at(-1) ?? { type: "" };
  }
  const lastState = (page: Page) => expect.poll(async () => await last(page, "state"));

  it("shake hands, and the frame says how high it is and where it stands", async () => {
    const page = await open();
    await expect
      .poll(() => heard(page, "ready"))
      .toEqual([
        {
          interleave: 1,
          type: "ready",
          greeted: false,
          panels: ["sessions", "index", "versions", "waits"],
        },
        {
          interleave: 1,
          type: "ready",
          greeted: true,
          panels: ["sessions", "index", "versions", "waits"],
        },
      ]);
    expect((await last(page, "resize")).height).toBeGreaterThan(200);
    await lastState(page).toMatchObject({
      position: 0,
      step: 0,
      steps: 3,
      playing: false,
      sentence: "",
    });
  });

  it("step and go: by statements, events, numbers and ends", async () => {
    const page = await open();
    await lastState(page).toMatchObject({ position: 0, steps: 3 });
    await say(page, { type: "step" });
    await lastState(page).toMatchObject({ step: 1 });
    await say(page, { type: "goto", step: 3 });
    await lastState(page).toMatchObject({
      step: 3,
      sessions: [
        { name: "A", waitsFor: [] },
        { name: "B", status: "waiting", waitsFor: ["A"] },
      ],
    });
    expect((await last(page, "state")).sentence).toContain("B WAITS");
    await say(page, { type: "step", by: "event", back: true });
    await lastState(page).not.toMatchObject({ position: (await last(page, "state")).length });
    await say(page, { type: "goto", position: 7 });
    await lastState(page).toMatchObject({ position: 7 });
    await say(page, { type: "goto", to: "end" });
    const { length } = await last(page, "state");
    await lastState(page).toMatchObject({ position: length });
  });

  it("answer with an error what is not understood, and places that are not there", async () => {
    const page = await open();
    await lastState(page).toMatchObject({ position: 0, steps: 3 });
    const { length } = await last(page, "state");
    const places = [
      [{ type: "goto", step: 99 }, "there is no step 99: the last is 3"],
      [{ type: "goto", position: 9999 }, `there is no event 9999: the last is ${length}`],
      [{ type: "step", back: true }, "this is the start already"],
    ] as const;
    const unknown = [
      [{ type: "jump" }, '"jump" is no message'],
      [{ type: "step", by: "page" }, 'by is "event" or "statement"'],
      [{ type: "goto", position: -1 }, "a whole number from 0"],
      [{ type: "goto", step: Number.NaN }, "a whole number from 0"],
      [{ type: "load" }, "load needs one of"],
    ] as const;
    let count = 0;
    for (const [about, list] of [
      ["place", places],
      ["message", unknown],
    ] as const) {
      for (const [message, answer] of list) {
        count += 1;
        await say(page, message);
        await expect.poll(async () => (await heard(page, "error")).length).toBe(count);
        const { about: kind, message: said } = await last(page, "error");
        expect([kind, said]).toEqual([about, expect.stringContaining(answer)]);
      }
    }
    await lastState(page).toMatchObject({ position: 0 });
    // What is asked for while something is being opened waits for it.
    const text =
      "CREATE TABLE t (id INT PRIMARY KEY);\n-- A\nINSERT INTO t VALUES (1);\nSELECT 1;\n";
    await say(page, { type: "load", text });
    await say(page, { type: "goto", step: 2 });
    await lastState(page).toMatchObject({ step: 2, steps: 2 });
    expect((await heard(page, "error")).length).toBe(count);
  });

  it("load another scenario, and tell its outcomes", async () => {
    const page = await open();
    const text =
      "CREATE TABLE t (id INT PRIMARY KEY);\n-- A\nINSERT INTO t VALUES (1);\nINSERT INTO t VALUES (1);\n";
    await say(page, { type: "load", text });
    await expect
      .poll(async () => (await heard(page, "outcome")).at(-1))
      .toMatchObject({
        session: "A",
        sql: "INSERT INTO t VALUES (1)",
        kind: "error",
        errno: 1062,
        output: "ERROR 1062 (23000): Duplicate entry '1' for key 't.PRIMARY'",
      });
    await say(page, { type: "load", lesson: "no-such-lesson" });
    expect((await last(page, "error")).message).toContain("no-such-lesson");
    await say(page, { type: "load", lesson: "deadlock" });
    await expect
      .poll(async () => (await heard(page, "outcome")).at(-1)?.sql)
      .toContain("UPDATE account");
  });

  it("do not listen to other versions, other windows and nonsense", async () => {
    const page = await open();
    await lastState(page).toMatchObject({ position: 0, steps: 3 });
    const before = (await heard(page, "state")).length;
    await page.evaluate(() => {
      const frame = document.querySelector("iframe")?.contentWindow;
      const send = (message: unknown) => frame?.postMessage(message, "*");
      for (const nonsense of [
        null,
        7,
        "hello",
        [],
        {},
        { interleave: 2, type: "step", by: "event" },
      ])
        send(nonsense);
      for (const type of ["", "run", "load", "goto", "step", "__proto__"])
        send({ interleave: 1, type, by: 7 });
      send({ interleave: 1, type: "goto", position: -1 });
      send({ interleave: 1, type: "load", scenario: { setup: [7], steps: [{ session: 9 }] } });
      // Another frame of the page is not the frame's host.
      const other = document.createElement("iframe");
      document.body.append(other);
      const { contentWindow } = other as HTMLIFrameElement & {
        contentWindow: Window & typeof globalThis;
      };
      contentWindow.eval(
        "parent.frames[0].postMessage({ interleave: 1, type: 'goto', to: 'end' }, '*')",
      );
    });
    await say(page, { type: "step", by: "statement" });
    await lastState(page).toMatchObject({ step: 1 });
    expect((await heard(page, "state")).length).toBe(before + 1);
  });
});
