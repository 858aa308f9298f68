/**
 * The built site, and what is embedded in other people's pages, is drawn by Preact: React's interface at a fifth of its size
 * (13 KB after gzip for 60). The sources are React's, and so is `npm run dev`, for its tools and its warnings.
 */
import { fileURLToPath } from "node:url";
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

const PROPS = fileURLToPath(new URL("./preact_props.ts", import.meta.url));

/** `quick` where each step has to be drawn within a frame; `light` where each kilobyte counts. */
export type PropsForm = "quick" | "light";

const clientWith = (props: PropsForm): string => `
import { options } from "preact";
import { ${props === "quick" ? "usualProps" : "repairedProps"} as translated } from ${JSON.stringify(PROPS)};
export * from "preact/compat/client";
options.vnode = translated(options.vnode);
`;

export function byPreact(props: PropsForm): Plugin {
  return {
    name: "by-preact",
    apply: "build",
    enforce: "pre",
    config: () => ({ resolve: { alias: INSTEAD } }),
    resolveId: (source) => (source === REACT || source === CLIENT ? source : null),
    load: (id) => (id === REACT ? react : id === CLIENT ? clientWith(props) : null),
  };
}
