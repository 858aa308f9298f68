/** Dates and times in expressions; results as a real 9.7.4 gave them. */
import { describe, expect, test } from "vitest";
import { Script } from "../script.ts";

function values(sql: string): string {
  return new Script([]).run(`A: SELECT ${sql}`);
}

function warnings(sql: string): string {
  const script = new Script([]);
  script.run(`A: SELECT ${sql}`);
  return script.run("A: SHOW WARNINGS");
}

describe("intervals", () => {
  test("the calendar ends with the year 9999", () => {
    expect(values("DATE_ADD('9999-12-31', INTERVAL 1 DAY)")).toBe("NULL");
    expect(warnings("DATE_ADD('9999-12-31', INTERVAL 1 DAY)")).toBe(
      "Warning 1441 Datetime function: datetime field overflow",
    );
    expect(warnings("DATE'9999-12-31' + INTERVAL 1 DAY")).toContain("6527 DATE value is out");
  });

  test("a text that date arithmetic made is a date and time when it is read again", () => {
    expect(values("'2024-01-31' + INTERVAL 1 MONTH")).toBe("2024-02-29");
    expect(values("'2024-01-31' + INTERVAL 1 MONTH - INTERVAL 1 DAY")).toBe("2024-02-28 00:00:00");
  });

  test("parts that are missing are the larger ones, a fraction is filled up", () => {
    expect(values("DATE_ADD('2024-01-01', INTERVAL '1:30' MINUTE_SECOND)")).toBe(
      "2024-01-01 00:01:30",
    );
    expect(values("DATE_ADD('2024-01-01', INTERVAL '1.5' DAY_MICROSECOND)")).toBe(
      "2024-01-01 00:00:01.500000",
    );
    expect(values("DATE_ADD('2024-01-01', INTERVAL '1-2-3' YEAR_MONTH)")).toBe("NULL");
  });

  test("TIME stays TIME with small units and counts from today with days", () => {
    expect(values("TIME'10:00:00' + INTERVAL 1.5 SECOND")).toBe("10:00:01.5");
    expect(values("TIME'100:00:00' + INTERVAL 1 DAY")).toBe("2026-01-06 04:00:00");
  });
});

describe("times of day", () => {
  test("none is longer than 838:59:59", () => {
    expect(
      values("SEC_TO_TIME(4000000), MAKETIME(900,0,0), TIMEDIFF('2024-01-01','2020-01-01')"),
    ).toBe("838:59:59 838:59:59 838:59:59");
    expect(warnings("TIMEDIFF('2024-02-01','2020-01-01')")).toBe(
      "Warning 1292 Truncated incorrect time value: '35808:00:00'",
    );
  });

  test("a colon makes a time, other delimiters a date", () => {
    expect(values("ADDTIME('10:11:12', 0), ADDTIME('240115', 0), ADDTIME('102030', 0)")).toBe(
      "10:11:12 2024-01-15 00:00:00 10:20:30",
    );
    expect(values("TIMEDIFF('2024-01-15', '10:00:00')")).toBe("NULL");
  });
});

describe("reading", () => {
  test("functions that count days refuse zeros, others give the part that is written", () => {
    expect(values("DAYOFWEEK('2024-00-00'), MONTH('2024-00-10'), DAY('2024-00-10')")).toBe(
      "NULL 0 10",
    );
  });

  test("old delimiters are warned of", () => {
    expect(warnings("YEAR('2024/01/15')")).toBe(
      "Warning 4095 Delimiter '/' in position 4 in datetime value '2024/01/15' at row 1 is deprecated. Prefer the standard '-'.",
    );
    expect(warnings("DATE(' 2024-01-15')")).toContain("4096 Delimiter ' ' in position 0");
  });

  test("a displacement moves the time", () => {
    expect(values("TIMESTAMP'2024-01-15 10:00:00+05:30'")).toBe("2024-01-15 04:30:00");
  });

  test("STR_TO_DATE says what it could not read", () => {
    expect(values("STR_TO_DATE('5.1.2024', '%e.%c.%Y'), STR_TO_DATE('x', '%Y')")).toBe(
      "2024-01-05 NULL",
    );
    expect(warnings("STR_TO_DATE('30.2.2024', '%d.%c.%Y')")).toBe(
      "Warning 1411 Incorrect datetime value: '30.2.2024' for function str_to_date",
    );
  });

  test("a fraction survives in numbers", () => {
    expect(values("TIMESTAMP'2024-02-29 12:34:56.789' + 0")).toBe("20240229123456.789");
  });
});

describe("comparing", () => {
  test("a date beside a number is its digits; a text that is no date is error 1525", () => {
    expect(values("DATE'2024-01-15' > 2, DATE'2024-01-15' = 20240115")).toBe("1 1");
    expect(values("DATE'2024-01-15' = 'abc'")).toBe("ERROR 1525");
  });
});
