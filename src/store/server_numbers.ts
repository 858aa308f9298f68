/**
 * Numbers of the server that a scenario may begin with, as SET GLOBAL in its set-up: a session takes them over when it
 * connects, so to change one the story is told again from its start.
 */
export const SERVER_NUMBERS = {
  net_buffer_length: { least: 1024, most: 1_048_576, usual: 16_384 },
  net_write_timeout: { least: 1, most: 31_536_000, usual: 60 },
  max_allowed_packet: { least: 1024, most: 1_073_741_824, usual: 67_108_864 },
} as const;

export type ServerNumber = keyof typeof SERVER_NUMBERS;

/** What the set-up gives the variable, or the server's own default. */
export function serverNumber(setup: readonly string[], name: ServerNumber): number {
  const given = setup.findLast((sql) => settingOf(sql) === name);
  return given === undefined ? SERVER_NUMBERS[name].usual : Number(given.split("=")[1]);
}

/** The set-up with this number; the usual one is left out. */
export function withServerNumber(
  setup: readonly string[],
  name: ServerNumber,
  value: number,
): readonly string[] {
  const others = setup.filter((sql) => settingOf(sql) !== name);
  return value === SERVER_NUMBERS[name].usual
    ? others
    : [`SET GLOBAL ${name} = ${value}`, ...others];
}

function settingOf(sql: string): string | null {
  return /^SET GLOBAL (\w+) = \d+$/.exec(sql)?.[1] ?? null;
}
