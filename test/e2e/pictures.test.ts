/** Pictures to take away: valid files, text inside them, every frame of a range, in both languages and colours. */
import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { launchBrowser } from "./browser.ts";
import { shared } from "./shared.ts";
import { openPage } from "./walk.ts";

const browser = shared(launchBrowser);

async function open(permissions: readonly string[] = []) {
  const opened = await openPage(browser, { permissions: [...permissions] });
  const { page } = opened;
  await page.evaluate(() => Reflect.deleteProperty(window, "showSaveFilePicker"));
  await page.locator(".files-button").click();
  await page.getByRole("button", { name: "Picture or animation…" }).click();
  await page.locator(".pictures-preview img").waitFor();
  return opened;
}

const dialog = (page: Page) => page.getByRole("dialog");
const select = (page: Page, name: string) =>
  dialog(page).getByRole("combobox", { name, exact: true });

async function saved(page: Page, button: string): Promise<Buffer> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    dialog(page).getByRole("button", { name: button }).click(),
  ]);
  return readFile(await download.path());
}

/** What a picture holds, as a browser that opens the file by itself sees it. */
function measured(page: Page, svg: string) {
  return page.evaluate((source) => {
    const parsed = new DOMParser().parseFromString(source, "image/svg+xml");
    const root = parsed.documentElement as unknown as SVGSVGElement;
    if (root.localName !== "svg") return null;
    const place = document.createElement("div");
    document.body.append(place);
    place.append(document.adoptNode(root));
    const frame = root.getBoundingClientRect();
    const outside: string[] = [];
    for (const text of root.querySelectorAll("text")) {
      const box = text.getBoundingClientRect();
      const isInside =
        box.left >= frame.left - 1 &&
        box.right <= frame.right + 1 &&
        box.top >= frame.top - 1 &&
        box.bottom <= frame.bottom + 1;
      if (!isInside) outside.push(text.textContent);
    }
    const names = [...new Set([...root.querySelectorAll("*")].map((one) => one.localName))];
    const texts = root.textContent;
    const result = { width: frame.width, height: frame.height, outside, names, texts };
    place.remove();
    return result;
  }, svg);
}

describe("an SVG", () => {
  it.each([
    ["en", "light", "640"],
    ["zh", "dark", "1000"],
    ["zh", "light", "1600"],
  ])(
    "in %s and %s colours, %s wide, needs nothing else and has all its text inside",
    async (language, theme, width) => {
      const { page, problems } = await open();
      await dialog(page).getByRole("checkbox", { name: "Lock tables" }).check();
      await dialog(page).getByRole("checkbox", { name: "Lock levels" }).check();
      await select(page, "Language").selectOption(language);
      await select(page, "Colours").selectOption(theme);
      await select(page, "Width").selectOption(width);
      const asChosen = `.poster[lang^="${language}"][data-theme="${theme}"][style*="width"]`;
      await page.locator(asChosen).waitFor({ state: "attached" });
      await expect
        .poll(() => page.locator(".poster").evaluate((one) => one.getBoundingClientRect().width))
        .toBeGreaterThanOrEqual(Number(width));
      const svg = (await saved(page, "Save SVG")).toString();
      expect(svg).not.toMatch(/foreignObject|<style|<script|class=|href|url\((?!#i\d)/);
      expect(svg.match(/https?:[^"]*/g)).toEqual(["http://www.w3.org/2000/svg"]);
      expect(svg).toMatch(/font-family="[^"]*, sans-serif"/);
      const picture = await measured(page, svg);
      expect(picture?.outside).toEqual([]);
      expect(picture?.width).toBe(Number(width));
      expect(picture?.texts).toContain("supremum");
      expect(picture?.texts).toContain(language === "zh" ? "谁在等谁" : "Who waits for whom");
      expect(picture?.texts).toContain("X,GAP,INSERT_INTENTION");
      expect(picture?.names).toEqual(expect.arrayContaining(["rect", "path", "text", "pattern"]));
      expect(problems).toEqual([]);
    },
  );
});

describe("a PNG", () => {
  it("has the pixels that were asked for, and goes to the clipboard", async () => {
    const { page, problems } = await open(["clipboard-read", "clipboard-write"]);
    const sizes: string[] = [];
    for (const scale of ["1", "2", "3"]) {
      await select(page, "PNG").selectOption(scale);
      const label = await select(page, "PNG").locator("option:checked").innerText();
      const png = await saved(page, "Save PNG");
      sizes.push(`${png.readUInt32BE(16)} × ${png.readUInt32BE(20)}`);
      expect(label).toContain(sizes.at(-1));
    }
    expect(new Set(sizes).size).toBe(3);
    await dialog(page).getByRole("button", { name: "Copy as image" }).click();
    await dialog(page).getByText("Copied").waitFor();
    const copied = await page.evaluate(async () => {
      const [item] = await navigator.clipboard.read();
      const blob = await item?.getType("image/png");
      const image = blob === undefined ? null : await createImageBitmap(blob);
      return image?.width ?? 0;
    });
    expect(copied).toBe(3000);
    expect(problems).toEqual([]);
  });
});

describe("an animation", () => {
  const film = async (page: Page, kind: string): Promise<Buffer> => {
    await select(page, "Format").selectOption(kind);
    await dialog(page).getByRole("button", { name: "Make the animation" }).click();
    await dialog(page)
      .getByRole("button", { name: new RegExp(`\\.${kind}$`) })
      .waitFor();
    return saved(page, `.${kind}`);
  };

  it("as GIF has a frame for each statement of the range, each as long as was asked", async () => {
    const { page, problems } = await open();
    await select(page, "From").selectOption({ index: 1 });
    await select(page, "Time of a frame").selectOption("0.5");
    const gif = await film(page, "gif");
    const decoded = await page.evaluate(
      async (bytes) => {
        const decoder = new ImageDecoder({ data: new Uint8Array(bytes), type: "image/gif" });
        await decoder.tracks.ready;
        await decoder.completed;
        const count = decoder.tracks.selectedTrack?.frameCount ?? 0;
        const times: number[] = [];
        const pixels = new Set<string>();
        for (let frameIndex = 0; frameIndex < count; frameIndex += 1) {
          const { image } = await decoder.decode({ frameIndex });
          times.push((image.duration ?? 0) / 1000);
          const canvas = new OffscreenCanvas(image.displayWidth, image.displayHeight);
          const context = canvas.getContext("2d");
          context?.drawImage(image, 0, 0);
          const data = context?.getImageData(0, 0, canvas.width, canvas.height).data;
          const digest = await crypto.subtle.digest("SHA-1", data ?? new Uint8Array());
          pixels.add(new Uint8Array(digest).join());
          image.close();
        }
        return { times, different: pixels.size };
      },
      [...gif],
    );
    expect(decoded).toEqual({ times: [500, 500, 1500], different: 3 });
    expect(problems).toEqual([]);
  });

  it("has its range at one click: the last ten events, a frame for each", async () => {
    const { page } = await open();
    const range = (name: string) => dialog(page).getByRole("button", { name, exact: true });
    await expect.poll(() => range("Everything").getAttribute("aria-pressed")).toBe("true");
    await range("Last ten events").click();
    await expect.poll(() => range("Last ten events").getAttribute("aria-pressed")).toBe("true");
    const form = dialog(page).locator(".pictures-form").last();
    await expect.poll(() => form.innerText()).toMatch(/\b1[01] frames/);
  });

  it("as video plays for as long as its frames, wherever the browser can make one", async () => {
    const { page, problems } = await open();
    await expect.poll(() => select(page, "Format").locator("option").count()).toBeGreaterThan(1);
    for (const kind of ["webm", "mp4"]) {
      const isOffered = await select(page, "Format").locator(`option[value="${kind}"]`).count();
      if (isOffered === 0) continue;
      const bytes = await film(page, kind);
      const seconds = await page.evaluate(
        async ([data, type]) => {
          const video = document.createElement("video");
          video.src = URL.createObjectURL(new Blob([new Uint8Array(data)], { type }));
          await new Promise((resolve, reject) => {
            video.onloadeddata = resolve;
            video.onerror = () => reject(new Error(video.error?.message));
          });
          return video.duration;
        },
        [[...bytes], `video/${kind}`] as const,
      );
      expect(seconds, kind).toBeCloseTo(6, 1);
    }
    expect(problems).toEqual([]);
  });

  it("can be cancelled on its way", async () => {
    const { page, problems } = await open();
    await select(page, "A frame for each").selectOption("events");
    await dialog(page).getByRole("button", { name: "Make the animation" }).click();
    await dialog(page).getByRole("button", { name: "Cancel" }).click();
    await dialog(page).getByText("Cancelled.").waitFor();
    await dialog(page).getByRole("button", { name: "Close" }).click();
    await expect.poll(() => page.locator(".poster").count()).toBe(0);
    expect(problems).toEqual([]);
  });
});
