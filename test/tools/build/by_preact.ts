/**
 * The built site, and what is embedded in other people's pages, is drawn by Preact: React's interface at a fifth of its size
 * (13 KB after gzip for 60). The sources are React's, and so is `npm run dev`, for its tools and its warnings.
 */
import type { Plugin } from "vite";

const REACT = "virtual:preact-compat";
const CLIENT = "virtual:preact-client";

const INSTEAD = [
  { find: /^react$/, replacement: REACT },
  { find: /^react-dom$/, replacement: "preact/compat" },
  { find: "react-dom/client", replacement: CLIENT },
  { find: "react/jsx-runtime", replacement: "preact/jsx-runtime" },
];

/** A library asks whether there is an `Activity`; Zustand takes two hooks from the whole, which would keep all the rest. */
const react = `
import { useCallback, useDebugValue, useSyncExternalStore } from "preact/compat";
export * from "preact/compat";
export default { useCallback, useDebugValue, useSyncExternalStore };
export const Activity = undefined;
`;

/**
 * Two attributes that Preact leaves as React spells them: in SVG, where a name has one spelling, nothing could take the focus,
 * and a text would be checked for its spelling because it was said that it should not be. And a text of no letters, which Preact
 * writes anew each time it meets it: in a `style` that had the style of the whole page worked out with every step.
 */
const client = `
import { options } from "preact";
export * from "preact/compat/client";
const before = options.vnode;
options.vnode = (vnode) => {
  if (before) before(vnode);
  const { type, props } = vnode;
  if (typeof type !== "string") return;
  const { children } = props;
  if (children === "") props.children = null;
  else if (Array.isArray(children) && children.includes("")) props.children = children.map((child) => (child === "" ? null : child));
  if (props.tabIndex !== undefined) {
    props.tabindex = props.tabIndex;
    props.tabIndex = undefined;
  }
  if (props.spellCheck !== undefined) {
    props.spellcheck = props.spellCheck;
    props.spellCheck = undefined;
  }
};
`;

export function byPreact(): Plugin {
  return {
    name: "by-preact",
    apply: "build",
    enforce: "pre",
    config: () => ({ resolve: { alias: INSTEAD } }),
    resolveId: (source) => (source === REACT || source === CLIENT ? source : null),
    load: (id) => (id === REACT ? react : id === CLIENT ? client : null),
  };
}
