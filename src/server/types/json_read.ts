/**
 * Reads a text as a JSON document, and says what is wrong with it and where.
 *
 * MySQL: Json_dom::parse over RapidJSON's GenericReader (kParseDefaultFlags); rapidjson/error/en.h.
 */
import { utf8Length } from "../../base/utf8.ts";
import { type Json, JsonNumber, jsonDouble, objectOf } from "./json_document.ts";

/** Thrown; `position` counts bytes. */
export class JsonTrouble extends Error {
  readonly position: number;
  constructor(message: string, position: number) {
    super(message);
    this.position = position;
  }
}

const DEPTH_MAX = 100;

/** What MySQL printed keeps its numbers as they are written there. */
export function readPrinted(text: string): Json {
  return new Reader(text, true).whole();
}

/** Throws JsonTrouble. */
export function readJson(text: string): Json {
  return new Reader(text, false).whole();
}

class Reader {
  #at = 0;
  #depth = 0;
  readonly #text: string;
  readonly #isPrinted: boolean;

  constructor(text: string, isPrinted: boolean) {
    this.#text = text;
    this.#isPrinted = isPrinted;
  }

  whole(): Json {
    this.#blanks();
    if (this.#at >= this.#text.length) this.#fail("The document is empty.");
    const value = this.#value();
    this.#blanks();
    if (this.#at < this.#text.length) {
      this.#fail("The document root must not be followed by other values.");
    }
    return value;
  }

  #fail(message: string, at = this.#at): never {
    throw new JsonTrouble(message, utf8Length(this.#text.slice(0, at)));
  }

  #blanks(): void {
    while (/[ \t\n\r]/.test(this.#text[this.#at] ?? "")) this.#at += 1;
  }

  #accept(sign: string): boolean {
    this.#blanks();
    if (this.#text[this.#at] !== sign) return false;
    this.#at += 1;
    return true;
  }

  #value(): Json {
    const first = this.#text[this.#at] ?? "";
    switch (first) {
      case "{":
        return this.#nested(() => this.#object());
      case "[":
        return this.#nested(() => this.#array());
      case '"':
        return this.#string();
      case "t":
        return this.#word("true", true);
      case "f":
        return this.#word("false", false);
      case "n":
        return this.#word("null", null);
      default:
        return this.#number();
    }
  }

  #nested(read: () => Json): Json {
    this.#at += 1;
    this.#depth += 1;
    if (this.#depth > DEPTH_MAX) this.#fail("The JSON document exceeds the maximum depth.");
    const value = read();
    this.#depth -= 1;
    return value;
  }

  #object(): Json {
    const members: [string, Json][] = [];
    if (this.#accept("}")) return objectOf(members);
    for (;;) {
      this.#blanks();
      if (this.#text[this.#at] !== '"') this.#fail("Missing a name for object member.");
      const name = this.#string();
      if (!this.#accept(":")) this.#fail("Missing a colon after a name of object member.");
      this.#blanks();
      members.push([name, this.#value()]);
      if (this.#accept("}")) return objectOf(members);
      if (!this.#accept(",")) this.#fail("Missing a comma or '}' after an object member.");
    }
  }

  #array(): Json {
    const items: Json[] = [];
    if (this.#accept("]")) return items;
    for (;;) {
      this.#blanks();
      items.push(this.#value());
      if (this.#accept("]")) return items;
      if (!this.#accept(",")) this.#fail("Missing a comma or ']' after an array element.");
    }
  }

  #word<V extends Json>(word: string, value: V): V {
    for (const letter of word) {
      if (this.#text[this.#at] !== letter) this.#fail("Invalid value.");
      this.#at += 1;
    }
    return value;
  }

  #number(): Json {
    const rest = this.#text.slice(this.#at);
    const [all, whole = ""] = /^(-?(?:0|[1-9]\d*))?/.exec(rest) ?? [""];
    if (all === "" || all === undefined)
      this.#fail("Invalid value.", this.#at + (rest[0] === "-" ? 1 : 0));
    let length = whole.length;
    if (rest[length] === ".") {
      const digits = /^\.(\d*)/.exec(rest.slice(length))?.[1] ?? "";
      if (digits === "") this.#fail("Miss fraction part in number.", this.#at + length + 1);
      length += 1 + digits.length;
    }
    if (/[eE]/.test(rest[length] ?? "")) {
      const exponent = /^[eE][+-]?(\d*)/.exec(rest.slice(length));
      if ((exponent?.[1] ?? "") === "") {
        this.#fail("Miss exponent in number.", this.#at + length + (exponent?.[0].length ?? 1));
      }
      length += exponent?.[0].length ?? 0;
    }
    const text = rest.slice(0, length);
    const start = this.#at;
    this.#at += length;
    if (this.#isPrinted) return new JsonNumber(text);
    if (length === whole.length && isInteger(text)) {
      return new JsonNumber(text === "-0" ? "0" : text);
    }
    const value = Number(text);
    if (!Number.isFinite(value)) this.#fail("Number too big to be stored in double.", start);
    return jsonDouble(value);
  }

  #string(): string {
    const text = this.#text;
    let read = "";
    for (let at = this.#at + 1; ; at += 1) {
      const sign = text[at];
      if (sign === undefined) this.#fail("Missing a closing quotation mark in string.", at);
      if (sign === '"') {
        this.#at = at + 1;
        return read;
      }
      if (sign < " ") this.#fail("Invalid encoding in string.", at);
      if (sign !== "\\") {
        read += sign;
        continue;
      }
      const escaped = text[at + 1] ?? "";
      if (escaped === "u") {
        const digits = text.slice(at + 2, at + 6);
        if (!/^[0-9a-f]{4}$/i.test(digits)) {
          this.#fail("Incorrect hex digit after \\u escape in string.", at);
        }
        read += String.fromCharCode(Number.parseInt(digits, 16));
        at += 5;
        continue;
      }
      const meant = ESCAPES[escaped];
      if (meant === undefined) this.#fail("Invalid escape character in string.", at);
      read += meant;
      at += 1;
    }
  }
}

function isInteger(text: string): boolean {
  if (text.length < 19) return true;
  const value = BigInt(text);
  return value >= -(2n ** 63n) && value < 2n ** 64n;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};
