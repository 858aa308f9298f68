import { options } from "preact";
import "preact/compat";
import { describe, expect, it } from "vitest";
import { repairedProps, usualProps } from "./build/preact_props.ts";

interface Made {
  readonly type: unknown;
  props: Record<string, unknown>;
}

const preacts = options.vnode as unknown as (made: Made) => void;
const ours = usualProps(preacts);
const repaired = repairedProps(preacts);

function by(translate: (made: Made) => void, type: string, props: object): Made["props"] {
  const made: Made = { type, props: { ...props } };
  translate(made);
  return made.props;
}

/** Preact sets a class by both of its names; nothing is what is not there. */
function told(props: Made["props"]): Made["props"] {
  const { class: _, ...others } = props;
  const isThere = ([, value]: [string, unknown]): boolean => value !== undefined && value !== null;
  return Object.fromEntries(Object.entries(others).filter(isThere));
}

const onFocus = (): void => {};

describe("what an element is made of", () => {
  it.each([
    ["div", { className: "a", id: "b", "data-ref": "c", "aria-label": "d", hidden: true }],
    ["div", { className: "", title: null, style: { left: "3px", "--x": "1" } }],
    ["div", { style: { left: 3, opacity: 0.5, zIndex: 2 }, className: "a" }],
    ["button", { type: "button", onClick: onFocus, onDoubleClick: onFocus, disabled: false }],
    ["section", { onFocus, onBlur: onFocus, onPointerDownCapture: onFocus, tabIndex: -1 }],
    [
      "text",
      { x: 1, textAnchor: "middle", dominantBaseline: "hanging", fontSize: 3, className: "t" },
    ],
    [
      "path",
      {
        d: "M0,0",
        strokeWidth: 2,
        strokeDasharray: "2 2",
        markerEnd: "url(#a)",
        vectorEffect: "none",
      },
    ],
    [
      "svg",
      { viewBox: "0 0 1 1", preserveAspectRatio: "none", tabIndex: 0, clipPath: "url(#b)", x1: 3 },
    ],
    ["label", { htmlFor: "a", spellCheck: false }],
    ["a", { href: "#", download: true, translate: "no" }],
    [
      "input",
      {
        type: "text",
        value: null,
        defaultValue: "a",
        onChange: onFocus,
        spellCheck: false,
        tabIndex: 1,
      },
    ],
    ["input", { type: "checkbox", checked: true, onChange: onFocus, className: "check" }],
    ["textarea", { value: "a", onChange: onFocus, onInput: onFocus }],
    ["x-y", { strokeWidth: 1, className: "a" }],
  ])("is told as Preact tells it: %s %j", (type, props) => {
    expect(told(by(ours, type, props))).toEqual(told(by(repaired, type, props)));
  });

  it("is not copied where each name is Preact's own", () => {
    const props = { className: "a", x: 1, "data-ref": "b" };
    const made: Made = { type: "rect", props };
    ours(made);
    expect(made.props).toBe(props);
  });

  it("has a class once", () => {
    expect(by(ours, "g", { className: "a" })).toEqual({ className: "a" });
  });

  it.each([
    ["quickly", ours],
    ["by Preact", repaired],
  ])(
    "has an index of tabs that SVG knows and no texts without letters, told %s",
    (_, translate) => {
      expect(told(by(translate, "g", { tabIndex: -1 }))).toEqual({ tabindex: -1 });
      expect(told(by(translate, "input", { tabIndex: -1 }))).toEqual({ tabindex: -1 });
      expect(by(translate, "style", { children: "" })).toEqual({ children: null });
      expect(by(translate, "p", { children: ["a", ""] })).toEqual({ children: ["a", null] });
    },
  );
});
