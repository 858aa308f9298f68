/** Days and dates: the same calendar as the platform's, over all its years. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { DAYS_MAX, dateOfDay, dayNumber, EPOCH_DAY } from "../../src/base/calendar.ts";
import { dateText } from "../../src/base/temporal_text.ts";

it("has the platform's date for every day, and the day of that date", () => {
  fc.assert(
    fc.property(fc.integer({ min: 366, max: DAYS_MAX }), (days) => {
      const platform = new Date((days - EPOCH_DAY) * 86_400_000).toISOString().slice(0, 10);
      const date = dateOfDay(days);
      expect(date === null ? null : dateText(date)).toBe(platform);
      expect(date === null ? null : dayNumber(date.year, date.month, date.day)).toBe(days);
    }),
    { numRuns: 2000 },
  );
});

it("ends where MySQL's does", () => {
  expect(dateOfDay(0)).toBeNull();
  expect(dateOfDay(DAYS_MAX)).toEqual({ year: 9999, month: 12, day: 31 });
  expect(dateOfDay(DAYS_MAX + 1)).toBeNull();
});
