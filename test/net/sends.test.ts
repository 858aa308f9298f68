/** How a real server cuts result sets into packets and send() calls, and how ours does. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { type NetProfile, playNetProfile, type Runs } from "../../src/cli/net_profiles.ts";

/** On a busy machine. */
vi.setConfig({ testTimeout: 120_000 });

const FOLDER = join(import.meta.dirname, "../conformance/transcripts/net");

type Recorded = NetProfile & {
  readonly packets: Runs;
  /** Null where the kernel took one packet in several pieces. */
  readonly sends: Runs | null;
  readonly bytes?: string;
};

function recorded(file: string): readonly Recorded[] {
  return JSON.parse(readFileSync(join(FOLDER, file), "utf8")).profiles;
}

describe.each(["sends.json", "own.json", "fresh.json"])("%s", (file) => {
  const profiles = recorded(file);

  it("has profiles", () => {
    expect(profiles.length).toBeGreaterThan(40);
  });

  it.each(profiles.map((profile) => [profile.id, profile] as const))(
    "%s: packets and sends are the server's",
    (_id, profile) => {
      const played = playNetProfile(profile);
      expect(played.packets).toEqual(profile.packets);
      if (profile.sends !== null) expect(played.sends).toEqual(profile.sends);
      const total = (runs: Runs) => runs.reduce((sum, [size, times]) => sum + size * times, 0);
      const headers = profile.packets.reduce((sum, [, times]) => sum + 4 * times, 0);
      expect(total(played.sends)).toBe(total(played.packets) + headers);
    },
  );
});

/** Of computed columns the display length may differ, and nothing else. */
const PLAIN_COLUMNS = /^SELECT ((x\.)?\*|id, (v|pad|`[^`]+`)|`[^`]+`, `[^`]+` AS other) FROM/;
const NO_RESULT = /^(BEGIN|COMMIT|USE|SET|INSERT|REPLACE|UPDATE|DELETE|TRUNCATE|ALTER|SELEC 1)/;

describe("the bytes of a result", () => {
  const fromTables = [
    ...recorded("sends.json").filter(({ bytes }) => bytes !== undefined),
    ...recorded("own.json").filter(
      ({ bytes, sql }) =>
        bytes !== undefined && /^SELECT (id, pad|\*) FROM (r|all_types)\b/.test(sql),
    ),
    ...recorded("fresh.json").filter(({ sql }) => PLAIN_COLUMNS.test(sql) || NO_RESULT.test(sql)),
  ];

  it("are recorded", () => {
    expect(fromTables.length).toBeGreaterThan(100);
  });

  it.each(fromTables.map((profile) => [profile.id, profile] as const))(
    "%s: definitions, rows and EOF are the server's to the byte",
    (_id, profile) => {
      const { bytes } = playNetProfile(profile);
      const length = Math.min(bytes.length, profile.bytes?.length ?? 0);
      expect(length).toBeGreaterThan(20);
      expect(bytes.slice(0, length)).toBe(profile.bytes?.slice(0, length));
    },
  );
});
