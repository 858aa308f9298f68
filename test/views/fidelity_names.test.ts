/** The fidelity page names what was recorded in the reader's language, file by file. */
import { expect, it } from "vitest";
import { fidelity } from "../../src/views/fidelity/fidelity.ts";
import { zh } from "../../src/views/text/zh.ts";

it("every topic has a Chinese name", () => {
  const names: Readonly<Record<string, string>> = zh.fidelity.topics;
  const parts = fidelity.topics.flatMap(({ topic }) => topic.split("/"));
  expect(parts.filter((part) => !/\p{Script=Han}/u.test(names[part] ?? ""))).toEqual([]);
});
