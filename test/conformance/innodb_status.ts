/**
 * SHOW ENGINE INNODB STATUS in a form in which two servers can be compared: the deadlock section, with what depends on the
 * process and its past (times, ids, threads, pages, account) left out. Transactions are numbered as they come up.
 */

/** From its heading to the next section; null when there has been no deadlock. */
export function deadlockSection(status: string): string | null {
  const [, section] =
    /\nLATEST DETECTED DEADLOCK\n-+\n([\s\S]*?)\n-+\nTRANSACTIONS\n/.exec(status) ?? [];
  return section === undefined ? null : normalised(section);
}

function normalised(section: string): string {
  const numbers = new Map<string, string>();
  const numbered = (id: string): string => {
    const number = numbers.get(id) ?? `T${numbers.size + 1}`;
    numbers.set(id, number);
    return number;
  };
  return section
    .split("\n")
    .map((line) =>
      line
        .replace(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \d+$/, "(time, thread)")
        .replace(/^TRANSACTION (\d+),/, (_, id: string) => `TRANSACTION ${numbered(id)},`)
        .replace(/ACTIVE \d+ sec/, "ACTIVE n sec")
        .replace(/ trx id (\d+) /, (_, id: string) => ` trx id ${numbered(id)} `)
        .replace(/^MySQL thread id .* (?:127\.0\.0\.1 o|localhost root) ?/, "MySQL thread ")
        .replace(/space id \d+ page no \d+/, "space id, page no")
        // DB_TRX_ID and DB_ROLL_PTR.
        .replace(/^( \d+: len [67]; hex )[0-9a-f]+; asc .{6,7};;$/, "$1(hidden column);;"),
    )
    .join("\n")
    .trim();
}
