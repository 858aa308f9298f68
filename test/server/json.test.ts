/** JSON documents: how they are read, printed and compared, and what a client is told of their columns (MySQL 9.7.4). */
import { describe, expect, it } from "vitest";
import { fixedPart } from "../../src/net/protocol/column_definition.ts";
import { columnDefinition } from "../../src/server/net/column_definitions.ts";
import { compareJson, jsonText } from "../../src/server/types/json_document.ts";
import { PathTrouble, readPath, seek } from "../../src/server/types/json_path.ts";
import { JsonTrouble, readJson } from "../../src/server/types/json_read.ts";
import { JSON_TYPE } from "../../src/server/types/sql_type.ts";

const UTF8MB4_UNICODE = 224;

describe("a document", () => {
  it.each([
    ['{"bb":1, "a":[2.50,null], "a":{}}', '{"a": {}, "bb": 1}'],
    ["[1e3, -0, 12345678901234567890, 0.1]", "[1000.0, 0, 12345678901234567890, 0.1]"],
    ['"\\u0041\\/\\n"', '"A/\\n"'],
  ])("%s prints as %s", (text, printed) => {
    expect(jsonText(readJson(text))).toBe(printed);
  });

  it.each([
    ["", "The document is empty.", 0],
    ['{"é":1', "Missing a comma or '}' after an object member.", 7],
    ["[1,]", "Invalid value.", 3],
    ["[1] 2", "The document root must not be followed by other values.", 4],
  ])("%s is none: %s at byte %i", (text, message, position) => {
    let trouble: unknown = null;
    try {
      readJson(text);
    } catch (error) {
      trouble = error;
    }
    expect(trouble).toBeInstanceOf(JsonTrouble);
    expect(trouble).toMatchObject({ message, position });
  });

  it("null, numbers, strings, objects, arrays, false, true stand in this order", () => {
    const sorted = ["null", "-1", "2.0", "10", '"a"', '"b"', "{}", "[]", "[1]", "false", "true"];
    const shuffled = sorted.toReversed().map(readJson);
    expect(shuffled.sort(compareJson).map(jsonText)).toEqual(sorted);
  });
});

describe("a path", () => {
  const document = readJson('{"a":[{"b":1},{"b":2}],"x y":7}');

  it.each([
    ["$", 1],
    ["$.a[last].b", 1],
    ["$.a[*].b", 2],
    ["$**.b", 2],
    ['$."x y"', 1],
    ["$.a[0 to 1]", 2],
    ["$.none", 0],
  ])("%s leads to %i values", (path, count) => {
    expect(seek(document, readPath(path))).toHaveLength(count);
  });

  it.each([
    ["a", 1],
    ["$.", 2],
    ["$[x]", 2],
    ["$.a-b", 5],
  ])("%s is wrong near character %i", (path, position) => {
    let trouble: unknown = null;
    try {
      readPath(path);
    } catch (error) {
      trouble = error;
    }
    expect(trouble).toBeInstanceOf(PathTrouble);
    expect(trouble).toMatchObject({ position });
  });
});

it("a column of documents is bytes of type JSON to the client, a computed one a text", () => {
  const JSON_CODE = 245;
  expect(fixedPart(JSON_TYPE, UTF8MB4_UNICODE)).toEqual({
    typeCode: JSON_CODE,
    charset: 63,
    length: 4_294_967_295,
    flags: 144,
    decimals: 0,
  });
  expect(
    columnDefinition({ name: "j", type: JSON_TYPE, nullable: true }, UTF8MB4_UNICODE),
  ).toMatchObject({
    typeCode: JSON_CODE,
    charset: UTF8MB4_UNICODE,
    length: 4_294_967_292,
    flags: 128,
    decimals: 31,
  });
});
