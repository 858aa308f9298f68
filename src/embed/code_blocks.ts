/**
 * Ordinary code blocks that are already in the post become playgrounds: `<pre data-interleave>`, and what Markdown
 * makes of a fence with the language `interleave`. The block itself stays inside, for paper and for readers without
 * scripts. `data-interleave="panels: index, waits; theme: dark"` sets attributes.
 */
import { OPTION_NAMES } from "./options.ts";

const ATTRIBUTES: readonly string[] = [...OPTION_NAMES, "src", "height", "sandbox"];
const BLOCKS = "pre[data-interleave], pre:has(> code.language-interleave)";

export function upgradeCodeBlocks(within: ParentNode): void {
  for (const block of within.querySelectorAll<HTMLElement>(BLOCKS)) {
    if (block.closest("interleave-playground") !== null) continue;
    const element = document.createElement("interleave-playground");
    for (const [name, value] of settings(block.dataset.interleave ?? "")) {
      element.setAttribute(name, value);
    }
    block.before(element);
    element.append(block);
    // The picture of it that stands right behind goes with it: it is the block's, for those without scripts.
    const next = element.nextElementSibling;
    if (next instanceof HTMLElement && "interleavePicture" in next.dataset) element.append(next);
  }
}

function settings(text: string): readonly (readonly [string, string])[] {
  return text.split(";").flatMap((part) => {
    const [name = "", ...value] = part.split(":");
    if (name.trim() === "" && value.length === 0) return [];
    if (!ATTRIBUTES.includes(name.trim())) {
      console.warn(
        `Interleave: data-interleave="${text}": "${name.trim()}" is no attribute; there are ${ATTRIBUTES.join(", ")}`,
      );
      return [];
    }
    // A title may hold a colon.
    return [[name.trim(), value.join(":").trim()] as const];
  });
}
