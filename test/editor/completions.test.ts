import { describe, expect, it } from "vitest";
import { completionsAt } from "../../src/editor/completions.ts";

const NAMES = {
  tables: [
    { name: "t", columns: ["id", "c", "d"] },
    { name: "用户", columns: ["姓名", "order"] },
  ],
};

/** What is offered at the `|`. */
function offered(text: string): string[] {
  const offset = text.indexOf("|");
  const plain = text.replace("|", "");
  return completionsAt(plain, offset, NAMES, "en").items.map((item) => item.text);
}

describe("completion", () => {
  it("offers statements where one begins", () => {
    expect(offered("|")[0]).toBe("SELECT");
    expect(offered("BEGIN; |")[0]).toBe("SELECT");
    expect(offered("sel|")[0]).toBe("select");
  });

  it("offers tables where a table is wanted, and columns of the tables named elsewhere", () => {
    expect(offered("SELECT * FROM |").slice(0, 2)).toEqual(["t", "用户"]);
    expect(offered("SELECT | FROM t").slice(0, 3)).toEqual(["id", "c", "d"]);
    expect(offered("UPDATE t SET c = 1 WHERE i|; SELECT * FROM 用户")).not.toContain("姓名");
  });

  it("offers the columns of what stands before a dot, quoted where they must be", () => {
    expect(offered("SELECT 用户.| FROM 用户")).toEqual(["姓名", "`order`"]);
    expect(offered("SELECT a.| FROM t AS a JOIN 用户 b")).toEqual(["id", "c", "d"]);
    expect(offered("SELECT b.o| FROM t AS a JOIN 用户 b")).toEqual(["姓名", "`order`"]);
    expect(offered("SELECT x.|")).toEqual([]);
  });

  it("offers nothing inside strings and comments", () => {
    expect(offered("SELECT 'se|")).toEqual([]);
    expect(offered("SELECT 1 -- se|")).toEqual([]);
    expect(offered("SELECT /* se|")).toEqual([]);
  });

  it("replaces the word that is being typed", () => {
    expect(completionsAt("SELECT 姓", 8, NAMES, "zh").start).toBe(7);
  });
});
