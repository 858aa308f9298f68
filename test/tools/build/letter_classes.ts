/**
 * Which letters belong together (Unicode's classes of grapheme breaks), as Monaco keeps them: a search tree in a list, three numbers
 * a node, first letter, last letter, class; node `i` has the nodes `2i` and `2i + 1` below it. In that order nothing is alike, and
 * it weighs 10 KB after gzip; in the letters' order, each counted from the one before, less than 2.
 */
const LIST = /JSON\.parse\('(\[0,0,0,\d[\d,]*\])'\)/;

/** The code with the list written shortly, and what makes the same list of it. */
export function withShortLetterClasses(code: string): string {
  const written = LIST.exec(code);
  if (written === null) throw new Error("Monaco keeps its letters' classes in another way");
  const list = JSON.parse(written[1] ?? "") as readonly number[];
  const short = shortened(list);
  if (JSON.stringify(letterClasses(short)) !== written[1]) {
    throw new Error("Monaco's letters' classes are no tree any more");
  }
  return `${code.replace(LIST, `letterClasses("${short}")`)}\n${letterClasses.toString()}`;
}

function shortened(list: readonly number[]): string {
  const texts: string[] = [];
  let before = 0;
  const walk = (node: number): void => {
    const [first, last, kind] = list.slice(3 * node, 3 * node + 3);
    if (first === undefined || last === undefined || kind === undefined) return;
    walk(2 * node);
    texts.push([first - before, last - first, kind].map((one) => one.toString(36)).join(" "));
    before = last;
    walk(2 * node + 1);
  };
  walk(1);
  return texts.join(" ");
}

/** Runs in the page, too: it names nothing else. */
function letterClasses(short: string): readonly number[] {
  const numbers = short.split(" ").map((one) => Number.parseInt(one, 36));
  const list: number[] = new Array(numbers.length + 3).fill(0);
  let before = 0;
  let at = 0;
  const fill = (node: number): void => {
    if (node > numbers.length / 3) return;
    fill(2 * node);
    const first = before + (numbers[at] ?? 0);
    before = first + (numbers[at + 1] ?? 0);
    list[3 * node] = first;
    list[3 * node + 1] = before;
    list[3 * node + 2] = numbers[at + 2] ?? 0;
    at += 3;
    fill(2 * node + 1);
  };
  fill(1);
  return list;
}
