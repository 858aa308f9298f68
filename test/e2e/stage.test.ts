/** The stage as a person uses it: why, what if, panels, versions, deadlock, one picture that lights up together. */
import type { BrowserContextOptions, Locator } from "playwright-core";
import { describe, expect, it } from "vitest";
import { launchBrowser, openSite } from "./browser.ts";
import { drop } from "./given_files.ts";
import { shared } from "./shared.ts";
import { chooseExample, openPage, ready, run, session, state, type } from "./walk.ts";

const browser = shared(launchBrowser);

const open = (options: BrowserContextOptions = {}) => openPage(browser, options);

describe("why?", () => {
  it("is answered before a stranger has asked: sentence, rule with the numbers, function, manual", async () => {
    const { page, problems } = await open();
    const why = page.getByRole("group", { name: "Why?" });
    await expect.poll(() => why.innerText()).toContain("B WAITS to insert");
    await state(page, "B").click();
    await expect.poll(() => why.innerText()).toContain("the gap before it (between 0 and 5)");
    await expect.poll(() => why.innerText()).toContain("In the way: A's next-key lock X on 5.");
    await expect.poll(() => why.innerText()).toContain("rec_lock_check_conflict in lock0lock.cc");
    const manual = why.getByRole("link", { name: "Phantom Rows" });
    await expect.poll(() => manual.getAttribute("href")).toMatch(/innodb-next-key-locking\.html$/);
    await page.getByRole("button", { name: /^A holds next-key lock X, 10$/ }).click();
    await expect.poll(() => why.innerText()).toContain("record 10 and the gap before it");
    await page.locator(".log-row", { hasText: "B WAITS for the insert intention lock" }).click();
    await expect.poll(() => why.innerText()).toContain("B WAITS for the insert intention lock");
    // An end of the page has no versions: why answers for it as well.
    await page.getByRole("button", { name: /^Supremum of t.PRIMARY/ }).click();
    await expect.poll(() => why.innerText()).toContain("Supremum of t.PRIMARY");
    expect(problems).toEqual([]);
  });

  it("tells over a gap what an INSERT there would do", async () => {
    const { page } = await open();
    await page.getByRole("button", { name: "Gap of t.PRIMARY: between 10 and 15." }).hover();
    const tip = page.getByRole("tooltip");
    await expect
      .poll(() => tip.innerText())
      .toContain("INSERT of 12 by B would wait for A's next-key lock on 15.");
    await expect.poll(() => tip.innerText()).toContain("INSERT of 12 by A would go ahead.");
  });

  it("stays told while something else on the page scrolls, and goes when the picture does", async () => {
    const { page } = await open();
    const scroll = (selector: string) =>
      page.locator(selector).evaluate(async (box) => {
        const frame = () => new Promise(requestAnimationFrame);
        box.dispatchEvent(new Event("scroll"));
        await frame().then(frame);
      });
    await page.locator(".log-rows").waitFor();
    await page.getByRole("button", { name: "Gap of t.PRIMARY: between 10 and 15." }).hover();
    const tip = page.getByRole("tooltip");
    await tip.waitFor();
    await scroll(".log-rows");
    expect(await tip.count()).toBe(1);
    await scroll("html");
    await expect.poll(() => tip.count()).toBe(0);
  });

  it("says of BEGIN that it locks nothing and when its read view comes", async () => {
    const { page, problems } = await open();
    await run(page, "A", "ROLLBACK");
    const peek = page.getByRole("region", { name: "What a statement would do" });
    await type(page, "A", "BEGIN");
    await session(page, "A").getByRole("button", { name: "What would it lock?" }).click();
    await expect.poll(() => peek.innerText()).toContain("no lock, and no read view yet");
    await type(page, "A", "START TRANSACTION WITH CONSISTENT SNAPSHOT");
    await session(page, "A").getByRole("button", { name: "What would it lock?" }).click();
    await expect.poll(() => peek.innerText()).toContain("open its read view at once");
    expect(problems).toEqual([]);
  });

  it("asks nothing of who waits, so that the longest mark of a wait leaves the head one line", async () => {
    const { page } = await open({ viewport: { width: 1440, height: 900 } });
    await expect.poll(() => state(page, "B").innerText()).toContain("insert intention lock");
    const heights = () =>
      page
        .locator(".session-header")
        .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height));
    const [free] = await heights();
    expect(await heights()).toEqual([free, free]);
    const asks = (name: string) =>
      session(page, name).getByRole("button", { name: "What would it lock?" }).isVisible();
    expect([await asks("A"), await asks("B")]).toEqual([true, false]);
    await run(page, "A", "ROLLBACK");
    await expect.poll(() => asks("B")).toBe(true);
  });

  it("says what a statement would lock without running it", async () => {
    const { page, problems } = await open();
    const peek = page.getByRole("region", { name: "What a statement would do" });
    await type(page, "A", "UPDATE t SET d = 1 WHERE c BETWEEN 7 AND 12");
    await session(page, "A").getByRole("button", { name: "What would it lock?" }).click();
    await expect.poll(() => peek.innerText()).toMatch(/2 new.*\s+t\.c [\s\S]*Already held:\s+t\./);
    await run(page, "A", "ROLLBACK");
    await expect.poll(() => state(page, "B").innerText()).toBe("idle");
    await type(page, "B", "UPDATE t SET d = 1 WHERE c BETWEEN 5 AND 12");
    await session(page, "B").getByRole("button", { name: "What would it lock?" }).click();
    await expect.poll(() => peek.innerText()).toContain("go through: 2 rows affected.");
    expect(await peek.innerText()).not.toContain("Already held");
    await expect.poll(() => page.locator(".stage[data-peek=true]").count()).toBe(1);
    await expect
      .poll(() => session(page, "B").locator(".results").innerText())
      .not.toContain("UPDATE");
    await peek.getByRole("button", { name: "Back to what is" }).click();
    await expect.poll(() => peek.count()).toBe(0);
    await session(page, "B").getByRole("button", { name: "What would it lock?" }).click();
    await peek.getByRole("button", { name: "Run it" }).click();
    await expect
      .poll(() => session(page, "B").locator(".results").innerText())
      .toContain("2 rows affected");
    // In the middle of a statement the answer is for behind it, and says so.
    await page.locator("body").click({ position: { x: 5, y: 300 } });
    await page.keyboard.press("Shift+ArrowLeft");
    for (let i = 0; i < 8; i += 1) await page.keyboard.press("ArrowRight");
    await type(page, "A", "SELECT * FROM t FOR SHARE");
    await session(page, "A").getByRole("button", { name: "What would it lock?" }).click();
    await expect
      .poll(() => peek.innerText())
      .toContain("The cursor stands in the middle of B's statement; this is for when that is");
    expect(problems).toEqual([]);
  });
});

describe("what takes itself away", () => {
  it("leaves the focus with what is drawn anew in its place, or with what stood beside it", async () => {
    const { page } = await open();
    const focused = () =>
      page.evaluate(() => {
        const { activeElement } = document;
        const name = activeElement?.getAttribute("aria-label") ?? activeElement?.textContent;
        return [activeElement?.closest<HTMLElement>(".session-card")?.dataset.session, name];
      });
    await page.getByRole("button", { name: "Only this: Event log" }).focus();
    await page.keyboard.press("Enter");
    await expect.poll(focused).toEqual([undefined, "Back to all panels (Esc)"]);
    await page.keyboard.press("Enter");
    await expect.poll(focused).toEqual([undefined, "Only this: Event log"]);
    await run(page, "A", "COMMIT");
    await page.getByRole("button", { name: "Add a session" }).click();
    await session(page, "C").waitFor();
    await session(page, "B").locator(".session-remove").focus();
    await page.keyboard.press("Enter");
    await expect.poll(() => session(page, "B").count()).toBe(0);
    await expect.poll(async () => (await focused())[0]).toBe("C");
  });
});

describe("the panels", () => {
  it("are hidden, focused, brought back, arranged by name, and remembered", async () => {
    const { page } = await open();
    const title = (name: string) => page.getByRole("heading", { name, exact: true, level: 2 });
    await page.getByRole("button", { name: "Hide Who waits for whom" }).click();
    await expect.poll(() => title("Who waits for whom").count()).toBe(0);
    // The button is gone; the focus is not at the top of the page.
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.closest(".stage") instanceof Element))
      .toBe(true);
    await page.getByRole("button", { name: "Only this: Indexes and locks" }).click();
    await expect.poll(() => page.getByRole("tab").count()).toBe(0);
    await page.keyboard.press("Escape");
    await page.reload();
    await ready(page);
    await expect.poll(() => title("Indexes and locks").count()).toBe(1);
    await expect.poll(() => title("Who waits for whom").count()).toBe(0);
    await page.getByRole("button", { name: "Arrange the panels" }).click();
    await page.getByRole("radio", { name: /^Deadlock/ }).click();
    await expect.poll(() => title("Who waits for whom").count()).toBe(1);
    await page.getByRole("radio", { name: /^Locks/ }).click();
    await page.getByRole("button", { name: "Put everything back" }).click();
    await expect.poll(() => title("Who waits for whom").count()).toBe(1);
  });

  it("light up together: a lock, its line in the log, its statement, its row", async () => {
    const { page } = await open();
    await page.getByRole("button", { name: /^B waits for insert intention lock/ }).hover();
    const lit = page.locator('.bar[data-lit="true"]');
    await expect.poll(() => lit.allInnerTexts()).toHaveLength(1);
    await expect.poll(() => lit.innerText()).toContain("INSERT INTO t VALUES (1, 1, 5)");
    const row = page.locator(".log-row", { hasText: "B WAITS for the insert intention lock" });
    await expect
      .poll(() => row.evaluate((line) => getComputedStyle(line).getPropertyValue("--halo")))
      .not.toBe("");
    await row.hover();
    await expect
      .poll(() =>
        page
          .locator(".lock-insertIntention")
          .evaluate((lock) => getComputedStyle(lock).getPropertyValue("--lit")),
      )
      .toBe("1");
  });

  it("keep one kind of lock in sight when its entry in the legend is clicked", async () => {
    const { page } = await open();
    const entry = page.getByRole("button", { name: /^insert intention: an insert/ });
    await entry.click();
    await page.mouse.move(5, 500);
    await expect.poll(() => entry.getAttribute("aria-pressed")).toBe("true");
    await expect.poll(() => page.locator(".stage-area.legend-insertIntention").count()).toBe(1);
    await entry.click();
    await page.mouse.move(5, 500);
    await page.locator(".pill").first().focus();
    await entry.blur();
    await expect.poll(() => entry.getAttribute("aria-pressed")).toBe("false");
  });
});

describe("index lines longer than the panel", () => {
  it("go to what is selected, and to what a statement did, and stay where it is in sight", async () => {
    const { page, problems } = await open();
    const rows = Array.from({ length: 400 }, (_, at) => `(${at * 10}, ${at})`).join();
    await drop(
      page,
      "long.sql",
      `CREATE TABLE long_one (id INT PRIMARY KEY, c INT);
      INSERT INTO long_one VALUES ${rows};
      BEGIN; -- T1
      UPDATE long_one SET c = 1 WHERE id = 2000; -- T1
      UPDATE long_one SET c = 2 WHERE id = 2000; -- T2
      BEGIN; -- T3
      SELECT * FROM long_one WHERE id = 3990 FOR UPDATE; -- T3`,
    );
    await page.getByRole("dialog").getByRole("button", { name: "Open" }).click();
    const isInSight = (key: string) =>
      page
        .locator(`.stage-scroll [data-ref^="rec:"][aria-label^="Record ${key} "]`)
        .evaluateAll(([record]) => {
          const box = record?.getBoundingClientRect();
          const view = record?.closest(".stage-scroll")?.getBoundingClientRect();
          return (
            box !== undefined &&
            view !== undefined &&
            box.left > view.left &&
            box.right < view.right
          );
        });
    await expect.poll(() => isInSight("3990")).toBe(true);
    await state(page, "B").click();
    await expect.poll(() => isInSight("2000")).toBe(true);
    // B waits for the same record: it stays where it is.
    const left = () => page.locator(".stage-scroll").evaluate((scroller) => scroller.scrollLeft);
    const before = await left();
    await page.locator(".bar", { hasText: "SET c = 1" }).click();
    await expect.poll(() => page.locator(".why-sentence").innerText()).toContain("A's statement");
    expect(await left()).toBe(before);
    await page.locator(".bar", { hasText: "SELECT" }).click();
    await expect.poll(() => isInSight("3990")).toBe(true);
    await run(page, "C", "INSERT INTO long_one VALUES (5, 5)");
    await expect.poll(() => isInSight("5")).toBe(true);
    expect(problems).toEqual([]);
  });
});

describe("versions", () => {
  it("are walked step by step with the comparison at each, and tell what every session would see", async () => {
    const { page, problems } = await open();
    await page.setViewportSize({ width: 1440, height: 900 });
    await chooseExample(page, "Three versions, two read views");
    await page.getByRole("button", { name: "How A looks for it" }).click();
    const walk = page.getByRole("region", { name: "A walks down the chain" });
    // The version that is looked at is seen as a whole below the sentences.
    const bottom = async (part: Locator) => {
      const { y, height } = (await part.boundingBox()) ?? { y: Number.NaN, height: 0 };
      return y + height;
    };
    const panel = page.locator(".panel").filter({ has: walk });
    const cut = async () => (await bottom(page.locator(".version.walked"))) - (await bottom(panel));
    await expect.poll(cut).toBeLessThanOrEqual(0);
    await expect.poll(() => walk.innerText()).toContain("104 ≥ 102 (high water mark)");
    await walk.getByRole("button", { name: "Next" }).click();
    await walk.getByRole("button", { name: "Next" }).click();
    await expect.poll(() => walk.innerText()).toContain("This is the version A sees");
    await expect.poll(() => walk.innerText()).toContain("101 < 102 (low water mark)");
    const sight = page.getByRole("table").filter({ hasText: "a newcomer" });
    await expect.poll(() => sight.getByRole("row", { name: /^A/ }).innerText()).toMatch(/10\s+v−2/);
    await expect
      .poll(() => sight.getByRole("row", { name: /READ UNCOMMITTED/ }).innerText())
      .toMatch(/30$/);
    await expect.poll(() => page.getByText("held back by the read view of A").count()).toBe(1);
    expect(problems).toEqual([]);
  });
});

describe("a deadlock", () => {
  it("is announced, can be watched as it closes, and read as InnoDB logs it", async () => {
    const { page, problems } = await open();
    await chooseExample(page, "A deadlock of two");
    const alert = page.locator(".deadlock-alert");
    await expect.poll(() => alert.innerText()).toContain("B was rolled back so that A could go on");
    await alert.getByRole("button", { name: "InnoDB's log" }).click();
    const log = page.getByRole("dialog", { name: "LATEST DETECTED DEADLOCK" });
    await expect.poll(() => log.innerText()).toContain("*** WE ROLL BACK TRANSACTION (2)");
    await expect.poll(() => log.innerText()).not.toContain("FILE I/O");
    await page.keyboard.press("Escape");
    await alert.getByRole("button", { name: "Watch it close" }).click();
    await expect.poll(() => page.locator(".narration-when").innerText()).toBe("in the past");
    await expect.poll(() => page.locator(".narration-when").innerText()).toBe("now");
    expect(problems).toEqual([]);
  });
});

describe("a deadlock that is over", () => {
  it("is told from its beginning by the Why panel, at any place behind it", async () => {
    const { page, problems } = await open();
    await chooseExample(page, "A deadlock of two");
    const story = page.locator(".why-story");
    await expect.poll(() => story.innerText()).toContain("A waits for the record lock");
    await expect.poll(() => story.innerText()).toContain("B, the victim, loses its whole");
    const told = page.locator(".narration-sentence");
    // With the keyboard: the button answers as a button, and the arrows are time's again.
    await story.getByRole("button").nth(2).press("Enter");
    await expect.poll(() => told.innerText()).toMatch(/^DEADLOCK: A waits/);
    // The victim waits when the cycle closes, and is rolled back afterwards.
    const stands = page.locator('.session-card[data-session="B"] .pill');
    const graph = page.locator(".deadlock-victim");
    await expect.poll(() => stands.innerText()).toMatch(/^waits for A/i);
    await expect.poll(() => graph.innerText()).toContain("it will be rolled back");
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => stands.innerText()).toMatch(/deadlock victim/i);
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    await expect.poll(() => told.innerText()).toMatch(/^B WAITS for the record lock/);
    await expect.poll(() => story.count()).toBe(0);
    await page.keyboard.press("End");
    await expect.poll(() => told.innerText()).toMatch(/^B gets ERROR 1213 .* A is done/);
    await run(page, "B", "SELECT 1");
    await expect.poll(() => story.getAttribute("open")).toBeNull();
    await story.locator("summary").click();
    await expect.poll(() => story.innerText()).toContain("A keeps its transaction.");
    expect(problems).toEqual([]);
  });
});

describe("the lock levels", () => {
  it("name the root of a chain of waits, and what ends it", async () => {
    const { page } = await open();
    await page.getByRole("tab", { name: "Lock levels" }).click();
    const root = page.locator(".wait-root");
    await expect.poll(() => root.innerText()).toContain("is the root: it waits for nobody");
    await expect.poll(() => root.innerText()).toContain("COMMIT or ROLLBACK in A");
  });
});

describe("the gallery", () => {
  it.each([1440, 390])(
    "shows every diagram, and nothing sticks out at %i pixels",
    async (width) => {
      const { page, problems } = await openSite(browser, "#/gallery", {
        viewport: { width, height: 900 },
        reducedMotion: "reduce",
      });
      await expect.poll(() => page.locator(".gallery-case").count()).toBe(26);
      await expect
        .poll(() => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth))
        .toBeLessThanOrEqual(0);
      expect(problems).toEqual([]);
    },
  );
});

describe("a long version chain", () => {
  it("is folded in its middle; a press or a key opens it, and it folds again", async () => {
    const { page, problems } = await open();
    const updates = (n: number) => "UPDATE t SET v = v + 1; -- B\n".repeat(n);
    const tables = "CREATE TABLE t (id INT PRIMARY KEY, v INT);\nINSERT INTO t VALUES (1, 10);\n";
    const view = (name: string) => `START TRANSACTION WITH CONSISTENT SNAPSHOT; -- ${name}\n`;
    await drop(page, "long.sql", tables + view("A") + updates(6) + view("C") + updates(9));
    await page.locator("dialog").getByRole("button", { name: "Open" }).click();
    await page.getByRole("tab", { name: "Versions and read views" }).click();
    const cards = page.locator(".stage-versions .version");
    const folds = page.locator(".stage-versions .fold");
    await expect.poll(() => cards.count()).toBe(5);
    await expect
      .poll(() => folds.allTextContents())
      .toEqual(["… 6 more …trx 124 to 114", "… 5 more …trx 110 to 102"]);
    await expect
      .poll(() => page.locator(".view-row").first().textContent())
      .toContain("A sees v=10");
    await folds.first().click();
    await expect.poll(() => cards.count()).toBe(16);
    await page.getByRole("button", { name: "Fold the middle" }).click();
    await expect.poll(() => cards.count()).toBe(5);
    await folds.last().focus();
    await page.keyboard.press("Enter");
    await expect.poll(() => cards.count()).toBe(16);
    await page.getByRole("button", { name: "Fold the middle" }).click();
    // The walk shows where it is.
    await page.getByRole("button", { name: "How A looks for it" }).click();
    for (let step = 0; step < 5; step += 1) {
      await page.locator(".walk").getByRole("button", { name: "Next" }).click();
    }
    await expect.poll(() => page.locator(".version.walked").textContent()).toContain("120");
    await expect.poll(() => cards.count()).toBe(6);
    expect(problems).toEqual([]);
  });
});
