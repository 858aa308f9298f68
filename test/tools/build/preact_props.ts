/** What an element is made of, from React's spelling to Preact's: Preact's own translation with two repairs, and a quicker one. */

interface Made {
  readonly type: unknown;
  props: Record<string, unknown>;
  /** By this others know that it is an element. */
  $$typeof?: symbol;
}
type Translate = (made: Made) => void;

/**
 * Two attributes that Preact leaves as React spells them: in SVG, where a name has one spelling, nothing could take the focus, and
 * a text would be checked for its spelling because it was said that it should not be. And a text of no letters, which Preact
 * writes anew each time it meets it: in a `style` that had the style of the whole page worked out with every step.
 */
export function repairedProps(translate: Translate): Translate {
  return (made) => {
    translate(made);
    const { type, props } = made;
    if (typeof type !== "string") return;
    if (props.children !== undefined) props.children = withoutEmpty(props.children);
    if (props.tabIndex !== undefined) {
      props.tabindex = props.tabIndex;
      props.tabIndex = undefined;
    }
    if (props.spellCheck !== undefined) {
      props.spellcheck = props.spellCheck;
      props.spellCheck = undefined;
    }
  };
}

/** Elements of our own, and those whose attributes hang together. */
const OWN = /-|^(?:input|textarea|select|option|noscript)$/;

/**
 * Preact copies the attributes of each element with each drawing, asks patterns of each name and sets each class twice: a twelfth
 * of what a step of the page costs. Here it is asked once for each name, and only what is spelled otherwise is copied; what hangs
 * on more than a name (fields of forms, styles in plain numbers) is left to it.
 */
export function usualProps(translate: Translate): Translate {
  const repaired = repairedProps(translate);
  /** By React's name; null: what it means hangs on more than its name. */
  const names = new Map<string, string | null>([
    ["className", "className"],
    ["tabIndex", "tabindex"],
    ["spellCheck", "spellcheck"],
    ["value", null],
    ["defaultValue", null],
    ["class", null],
    ["download", null],
    ["translate", null],
  ]);

  function nameOf(name: string): string | null {
    let known = names.get(name);
    if (known === undefined) {
      const asked: Made = { type: "g", props: { [name]: "" } };
      translate(asked);
      known = Object.keys(asked.props)[0] ?? null;
      names.set(name, known);
    }
    return known;
  }

  /** Null: Preact has to. */
  function renamed(props: Made["props"]): Made["props"] | null {
    let isOther = false;
    for (const name in props) {
      const known = nameOf(name);
      if (known === null || (name === "style" && hasNumber(props[name]))) return null;
      if (known !== name) isOther = true;
    }
    if (!isOther) return props;
    const others: Made["props"] = {};
    for (const name in props) others[nameOf(name) ?? name] = props[name];
    return others;
  }

  return (made) => {
    const { type, props } = made;
    if (typeof type !== "string") return translate(made);
    const usual = OWN.test(type) ? null : renamed(props);
    if (usual === null) return repaired(made);
    if (usual.children !== undefined) usual.children = withoutEmpty(usual.children);
    if (usual.className === "") usual.className = undefined;
    made.props = usual;
    made.$$typeof = ELEMENT;
  };
}

const ELEMENT = Symbol.for("react.element");

function hasNumber(style: unknown): boolean {
  for (const name in style as object) {
    if (typeof (style as Made["props"])[name] === "number") return true;
  }
  return false;
}

function withoutEmpty(children: unknown): unknown {
  if (children === "") return null;
  if (!Array.isArray(children) || !children.includes("")) return children;
  return children.map((child) => (child === "" ? null : child));
}
