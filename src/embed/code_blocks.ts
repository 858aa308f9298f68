/**
 * Ordinary code blocks that are already in the post become playgrounds: `<pre data-interleave>`, and what Markdown
 * makes of a fence with the language `interleave`. The block itself stays inside, for paper and for readers without
 * scripts. `data-interleave="panels: index, waits; theme: dark"` sets attributes.
 */
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
    const [name = "", value = ""] = part.split(":");
    const isName = /^[a-z]+$/.test(name.trim());
    return isName ? [[name.trim(), value.trim()] as const] : [];
  });
}
