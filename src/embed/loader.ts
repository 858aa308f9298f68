/** The one script that a post loads: `<script src="https://.../interleave.js" async></script>`. */
import { upgradeCodeBlocks } from "./code_blocks.ts";
import { defineElement } from "./element.ts";

const own = document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : "";
// As a module a script does not know where it came from: the page says so.
const site = document.querySelector<HTMLElement>("[data-interleave-site]")?.dataset.interleaveSite;

defineElement({ url: new URL(site ?? own, document.baseURI).href });
if (document.readyState === "loading") {
  document.addEventListener("DOMContentLoaded", () => upgradeCodeBlocks(document));
} else {
  upgradeCodeBlocks(document);
}
