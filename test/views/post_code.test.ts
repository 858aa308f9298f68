/** The code for a post: the panels are the author's choice. */
import { describe, expect, it } from "vitest";
import { EMBED_PANELS } from "../../src/embed/contract.ts";
import { createPageStore } from "../../src/store/page_store.ts";
import { embedCode, panelsFor, SHOWABLE } from "../../src/views/manual/post_code.ts";

const page = createPageStore().getState();

describe("the code for a post", () => {
  it("knows the panels that an embed has", () => {
    expect(SHOWABLE).toEqual(EMBED_PANELS);
    for (const panel of panelsFor(page)) expect(SHOWABLE).toContain(panel);
  });

  it("shows the versions where the page leads with them", () => {
    expect(panelsFor(page)).toEqual(["sessions", "index"]);
    const { stage } = page.preferences;
    const preferences = { ...page.preferences, stage: { ...stage, arrangement: "versions" } };
    expect(panelsFor({ ...page, preferences } as typeof page)).toEqual(["sessions", "versions"]);
  });

  it("names those that were chosen", () => {
    const code = embedCode(page, {
      site: "https://host/",
      letters: "x",
      title: "Who waits?",
      waits: "waits",
      look: { panels: ["versions", "waits"], theme: "auto", lang: "auto" },
    });
    expect(code).toContain('panels="versions, waits"');
    expect(code).toContain('alt="Who waits?"');
  });
});
