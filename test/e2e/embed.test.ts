/** Playgrounds in other people's posts, on another host, in a browser. */
import type { BrowserContext, Frame, Page } from "playwright-core";
import { describe, expect, inject, it } from "vitest";
import { launchBrowser } from "./browser.ts";
import { serveBlog } from "./posts/serve_posts.ts";
import { shared } from "./shared.ts";

describe("a playground in a post", () => {
  const browser = shared(launchBrowser);
  const blog = shared(() => serveBlog(inject("siteFolder")));

  async function open(name: string, context?: BrowserContext) {
    const made =
      context ?? (await browser().newContext({ viewport: { width: 1000, height: 800 } }));
    const page = await made.newPage();
    const problems: string[] = [];
    const warnings: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "warning") warnings.push(message.text());
    });
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("console", (message) => {
      const isIcon = message.location().url.endsWith("favicon.ico");
      if (message.type() === "error" && !isIcon) problems.push(message.text());
    });
    await page.goto(`${blog().posts.url}blog/${name}`);
    return { page, problems, warnings };
  }

  const frameOf = async (page: Page, selector: string): Promise<Frame> => {
    const element = await page.locator(`${selector} iframe`).elementHandle();
    const frame = await element?.contentFrame();
    if (frame === null || frame === undefined) throw new Error(`no frame in ${selector}`);
    await frame.locator(".schedule, .embed-pictures").first().waitFor();
    return frame;
  };
  const place = (frame: Frame) => frame.locator(".embed-place").innerText();

  it("shows its lesson, follows the buttons, and runs what the reader types", async () => {
    const { page, problems } = await open("plain.html");
    const frame = await frameOf(page, "#lesson");
    await expect.poll(() => frame.locator(".embed-sentence").innerText()).toContain("WAITS");
    await expect.poll(() => frame.locator(".schedule-waits").innerText()).toBe("waits");
    await frame.getByRole("button", { name: "To the start" }).click();
    await expect.poll(() => place(frame)).toMatch(/^0 \//);
    await frame.getByRole("button", { name: "To the end" }).click();
    await frame.getByRole("combobox", { name: "Session" }).selectOption("B");
    await frame.locator(".embed-input textarea").fill("COMMIT");
    await expect.poll(() => frame.locator(".embed-input").innerText()).toContain("B is waiting");
    await expect
      .poll(() => frame.getByRole("button", { name: "Run in B" }).isDisabled())
      .toBe(true);
    await frame.getByRole("combobox", { name: "Session" }).selectOption("A");
    await frame.getByRole("button", { name: "Run in A" }).click();
    await expect.poll(() => frame.locator(".schedule").innerText()).toContain("COMMIT");
    await expect.poll(() => frame.locator(".schedule-waits").count()).toBe(0);
    // By keys, for whoever has the focus in it; what is run in the past can be taken back.
    const end = await place(frame);
    await frame.locator(".embed-title").click();
    await page.keyboard.press("Home");
    await expect.poll(() => place(frame)).toMatch(/^0 \//);
    await page.keyboard.press("Shift+ArrowRight");
    // With what the step passed over.
    await expect.poll(() => place(frame)).toMatch(/^4–5 \//);
    await frame.locator(".embed-input textarea").fill("SELECT 1");
    await frame.getByRole("button", { name: "Run in A" }).click();
    await expect.poll(() => frame.locator(".embed-input").innerText()).toContain("3 steps");
    await frame.getByRole("button", { name: "Undo" }).click();
    // Back to where in time it was.
    await expect.poll(() => place(frame)).toBe(end.replace(/^[\d–]+/, "4–5"));
    expect(problems).toEqual([]);
  });

  it("is as high as what it shows, and its text is there for paper and for readers without scripts", async () => {
    const { page } = await open("plain.html");
    const frame = await frameOf(page, "#lesson");
    await expect
      .poll(async () => {
        const wanted = await frame.locator(".embed").evaluate((box) => box.clientHeight);
        const given = await page.locator("#lesson iframe").evaluate((one) => one.clientHeight);
        return Math.abs(given - wanted);
      })
      .toBeLessThan(4);
    await expect.poll(() => page.locator("#lesson pre").isVisible()).toBe(false);
    await page.emulateMedia({ media: "print" });
    await expect.poll(() => page.locator("#lesson pre").isVisible()).toBe(true);
    await expect.poll(() => page.locator("#lesson iframe").isVisible()).toBe(false);

    const context = await browser().newContext({ javaScriptEnabled: false });
    const plain = await open("plain.html", context);
    await expect.poll(() => plain.page.locator("#lesson pre").isVisible()).toBe(true);
    await expect.poll(() => plain.page.locator("#block").innerText()).toContain("-- session B");
  });

  it("takes the place of an ordinary code block, and keeps it inside", async () => {
    const { page, problems } = await open("plain.html");
    const frame = await frameOf(page, "interleave-playground:has(#block)");
    await expect.poll(() => frame.locator(".schedule").innerText()).toContain("UPDATE account");
    await expect.poll(() => frame.locator(".schedule-error").innerText()).toContain("Deadlock");
    await expect.poll(() => frame.locator("html").getAttribute("data-theme")).toBe("dark");
    expect(problems).toEqual([]);
  });

  it("loads nothing before it is near the window, and takes neither scroll nor focus", async () => {
    const { page, problems } = await open("plain.html");
    await frameOf(page, "#lesson");
    await page.locator("#lesson[data-ready]").waitFor();
    await page.locator("interleave-playground[data-ready]:has(#block)").waitFor();
    await expect.poll(() => page.locator("#far iframe").count()).toBe(0);
    expect(blog().posts.asked.join()).not.toContain("scenario.json");
    await expect
      .poll(() => page.evaluate(() => [window.scrollY, document.activeElement?.tagName]))
      .toEqual([0, "BODY"]);
    // The wheel over a playground scrolls the post.
    await page.mouse.move(500, 400);
    await page.mouse.wheel(0, 300);
    await expect.poll(() => page.evaluate(() => window.scrollY)).toBeGreaterThan(200);
    await page.locator("#far").evaluate((far) => far.scrollIntoView({ block: "center" }));
    const frame = await frameOf(page, "#far");
    await expect.poll(() => frame.locator(".schedule").innerText()).toContain("UPDATE t SET c = 2");
    await expect.poll(() => frame.locator(".embed-input").count()).toBe(0);
    await expect.poll(() => frame.locator("html").getAttribute("lang")).toBe("zh-CN");
    await expect.poll(() => place(frame)).not.toMatch(/^0 \//);
    const before = await page.evaluate(() => window.scrollY);
    await page
      .locator("#lesson")
      .evaluate((element) => (element as HTMLElement & { step(): void }).step());
    await page
      .locator("#far")
      .evaluate((far) => (far as HTMLElement & { goto(to: string): void }).goto("end"));
    await expect
      .poll(() => place(frame).then((text) => /^(?:\d+–)?(\d+) \/ \1$/.test(text)))
      .toBe(true);
    await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(before);
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe("BODY");
    expect(problems).toEqual([]);
  });

  it("comes out of a fence in Markdown", async () => {
    const { page, problems } = await open("markdown.html");
    const frame = await frameOf(page, "interleave-playground");
    await expect.poll(() => frame.locator(".schedule-waits").count()).toBe(1);
    expect(problems).toEqual([]);
  });

  it("says what it cannot open and what it passes over, in the post and in its console", async () => {
    const { page, warnings } = await open("faults.html");
    await page.setViewportSize({ width: 1000, height: 3000 });
    const about = (id: string) =>
      page.evaluate(
        (wanted) =>
          (window as unknown as { faults: { id: string; about: string; message: string }[] }).faults
            .filter((fault) => fault.id === wanted)
            .map((fault) => `${fault.about}: ${fault.message}`)
            .join(),
        id,
      );
    for (const [id, message] of [
      ["name", 'open: there is no lesson "nope"'],
      ["nothing", "open: the element names no lesson"],
      ["link", "open: the link is damaged"],
      ["missing", 'open: src="./not-there.json" could not be read: 404'],
      ["no-session", "open: no statement belongs to a session"],
      ["empty", "open: the text is empty"],
      ["setup", "open: The set-up failed at: CREATE TABEL"],
      ["odd", "place: there is no step 99: the last is 6"],
    ] as const) {
      await expect.poll(() => about(id)).toContain(message);
    }
    const sentences = [
      "nope",
      "damaged",
      "read: 404",
      "session A",
      "TABEL",
      "idnex",
      "drak",
      '"-5"',
    ];
    for (const sentence of sentences) {
      await expect.poll(() => warnings.filter((one) => one.includes(sentence)).length).toBe(1);
    }
    // The text of the post stays, with what is wrong above it; a frame that would wait for ever is gone.
    for (const id of ["#no-session", "#setup", "#without"]) {
      await expect.poll(() => page.locator(id).isVisible()).toBe(true);
    }
    const broken = page.locator("interleave-playground:has(#setup)");
    await expect.poll(() => broken.locator(".fault").innerText()).toContain("ERROR 1064");
    await expect.poll(() => page.locator("#missing iframe").count()).toBe(0);
    const named = page.frameLocator("#name iframe").locator(".embed-fault");
    await expect.poll(() => named.innerText()).toContain('no lesson "nope"');
    const odd = page.frameLocator("#odd iframe").locator(".embed-title");
    await expect.poll(() => odd.innerText()).toBe("Two transfers: a deadlock");
    // What can be opened takes its place.
    await page
      .locator("#missing")
      .evaluate((one) =>
        (one as HTMLElement & { load(what: object): void }).load({ lesson: "deadlock" }),
      );
    await page.locator("#missing[data-ready]:not([data-failed])").waitFor();
    await expect.poll(() => page.locator("#without").isVisible()).toBe(false);
  });

  it("says that its site cannot be reached, keeps the text, and opens when it can be", async () => {
    const context = await browser().newContext({ viewport: { width: 1000, height: 800 } });
    await context.route("**/embed.html*", (route) => route.abort());
    const { page, warnings } = await open("plain.html", context);
    const lesson = page.locator("#lesson");
    const fault = lesson.locator(".fault");
    await expect.poll(() => fault.innerText()).toContain("cannot be reached");
    await expect.poll(() => lesson.locator("pre").isVisible()).toBe(true);
    await expect.poll(() => lesson.locator("iframe").count()).toBe(0);
    const told = () => warnings.filter((one) => one.includes("cannot be reached")).length;
    await expect.poll(told).toBe(2);
    await context.unrouteAll();
    await lesson.getByRole("button", { name: "Try again" }).click();
    const frame = await frameOf(page, "#lesson");
    await expect.poll(() => place(frame)).toMatch(/^[1-9]/);
    await expect.poll(() => fault.isVisible()).toBe(false);
    await context.close();
  });

  it("is driven by a post made with React", async () => {
    const { page, problems } = await open("react.html");
    const sentence = page.locator("#sentence");
    await expect.poll(() => sentence.innerText()).not.toBe("");
    await page.locator("#start").click();
    await expect.poll(() => sentence.innerText()).toBe("");
    await page.locator("#step").click();
    await expect.poll(() => sentence.innerText()).toContain("A");
    await page.locator("#other").click();
    await expect
      .poll(async () =>
        (await frameOf(page, "interleave-playground")).locator(".embed-title").innerText(),
      )
      .toBe("Why does the INSERT wait?");
    expect(problems).toEqual([]);
  });

  it("works in a sandbox without an origin, where storage is forbidden and workers have no address", async () => {
    const { page, problems } = await open("plain.html");
    await page.evaluate(() => {
      const element = document.createElement("interleave-playground");
      element.id = "boxed";
      element.setAttribute("sandbox", "allow-scripts");
      element.setAttribute("lesson", "deadlock");
      element.setAttribute("lang", "en");
      document.body.prepend(element);
    });
    const frame = await frameOf(page, "#boxed");
    await expect.poll(() => frame.evaluate(() => window.origin)).toBe("null");
    await expect.poll(() => frame.locator(".schedule").innerText()).toContain("UPDATE");
    await expect.poll(() => place(frame)).toMatch(/^\d{2,}/);
    await page
      .locator("#boxed")
      .evaluate((one) => (one as HTMLElement & { goto(to: string): void }).goto("start"));
    await expect.poll(() => place(frame)).toMatch(/^0 \//);
    expect(problems).toEqual([]);
  });

  it("is in the code that the manual gives for what is seen", async () => {
    const context = await browser().newContext({ viewport: { width: 1000, height: 800 } });
    const manual = await context.newPage();
    await manual.goto(`${blog().siteUrl}#/lesson/deadlock`);
    await manual.locator('[data-ready="true"]').waitFor();
    await manual.goto(`${blog().siteUrl}#/manual`);
    await manual.locator(".manual-here button").click();
    const code = await manual.locator(".manual-here code").innerText();
    const { page, problems } = await open("markdown.html", context);
    await page.setContent(`<!doctype html><body>${code}</body>`);
    await expect
      .poll(() => page.locator("img").evaluate((one: HTMLImageElement) => one.naturalWidth))
      .toBeGreaterThan(300);
    const frame = await frameOf(page, "interleave-playground");
    await expect.poll(() => frame.locator(".schedule").innerText()).toContain("UPDATE account");
    await expect.poll(() => frame.locator(".embed-title").innerText()).toBe("A deadlock of two");
    expect(problems).toEqual([]);
  });

  it("in a plain frame that is low scrolls with the statement at the cursor under its bar, and answers why", async () => {
    const { page, problems } = await open("plain.html");
    const source = `${blog().siteUrl}embed.html#lesson=deadlock&lang=en&panels=sessions`;
    await page.setContent(
      `<!doctype html><body id="low"><iframe src="${source}" width="420" height="405"></iframe><p style="height: 3000px"></p></body>`,
    );
    const frame = await frameOf(page, "#low");
    await frame.getByRole("button", { name: "To the start" }).click();
    const forward = frame.getByRole("button", { name: "Forward by a statement" });
    const edges = () =>
      frame.evaluate(() => {
        const head = document.querySelector(".embed-head")?.getBoundingClientRect();
        const row = document.querySelector("[aria-current=step]")?.getBoundingClientRect();
        const top = row?.top ?? 0;
        return [
          head?.top === 0 || window.scrollY === 0,
          top >= (head?.bottom ?? 0),
          (row?.bottom ?? 999) <= 405,
        ];
      });
    for (const times of [1, 2, 3, 4, 5, 6]) {
      await forward.click();
      await expect.poll(() => frame.locator('[data-future="false"]').count()).toBe(times);
      await expect.poll(edges).toEqual([true, true, true]);
    }
    await expect.poll(() => frame.evaluate(() => window.scrollY)).toBeGreaterThan(0);
    expect(await page.evaluate(() => window.scrollY)).toBe(0);
    await frame.locator(".schedule-step", { hasText: "balance + 10 WHERE id = 2" }).click();
    await frame.getByRole("button", { name: "Why?" }).click();
    await expect.poll(() => frame.locator(".why").innerText()).toContain("lock0lock.cc");
    expect(problems).toEqual([]);
  });

  it("on a phone keeps the picture in sight, and of the statements those around the cursor", async () => {
    const { page, problems } = await open("plain.html");
    const source = `${blog().siteUrl}embed.html#lesson=deadlock&lang=en`;
    await page.setViewportSize({ width: 390, height: 700 });
    await page.setContent(
      `<!doctype html><meta name="viewport" content="width=device-width"><body id="phone"><iframe src="${source}" style="width: 100%; height: 640px; border: 0"></iframe>`,
    );
    const frame = await frameOf(page, "#phone");
    /** Whether the statement at the cursor is whole in its box; how much of the frame is left below the picture's top. */
    const seen = () =>
      frame.evaluate(() => {
        const box = document.querySelector(".schedule-lines")?.getBoundingClientRect();
        const row = document.querySelector("[aria-current=step]")?.getBoundingClientRect();
        const line = document.querySelector(".stage-index .staff")?.getBoundingClientRect();
        const isWhole =
          box !== undefined && row !== undefined && row.top >= box.top && row.bottom <= box.bottom;
        return isWhole && line !== undefined && window.innerHeight - line.bottom > 120;
      });
    // It opens at its end.
    await frame.locator(".schedule").getByText("Deadlock found").waitFor();
    await expect.poll(seen).toBe(true);
    await frame.getByRole("button", { name: "To the start" }).click();
    for (const times of [1, 2, 3, 4, 5, 6]) {
      await frame.getByRole("button", { name: "Forward by a statement" }).click();
      await expect.poll(() => frame.locator('[data-future="false"]').count()).toBe(times);
      await expect.poll(seen).toBe(true);
    }
    expect(await frame.evaluate(() => window.scrollY)).toBe(0);
    expect(problems).toEqual([]);
  });

  it("gives each session as much room as before when one of them prints something wide", async () => {
    const { page, problems } = await open("plain.html");
    const text = ["A", "B", "C", "D"]
      .map((name) => `SELECT '${name}'; -- session ${name}`)
      .concat("SHOW PROCESSLIST; -- session A", "@disconnect; -- session B")
      .join("\n");
    await page.setContent(
      `<!doctype html><body><pre id="wide" data-interleave="panels: sessions; lang: en">${text}</pre><script src="${blog().siteUrl}interleave.js"></script>`,
    );
    const frame = await frameOf(page, "interleave-playground");
    const lefts = () =>
      frame
        .locator(".schedule th")
        .evaluateAll((all) => all.map((one) => Math.round(one.getBoundingClientRect().width)));
    await expect.poll(() => frame.locator(".schedule-rows").count()).toBe(5);
    const [a, b, c, d] = await lefts();
    expect([b, c]).toEqual([a, a]);
    expect(d).toBeGreaterThan(2 * (a ?? 0));
    await expect
      .poll(() => frame.locator(".schedule").innerText())
      .toContain("closes its connection");
    expect(problems).toEqual([]);
  });
});
