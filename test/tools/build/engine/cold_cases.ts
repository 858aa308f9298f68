/** Which cases of a `switch` can leave it together: nobody comes into them from the case before, nor out of them into the next. */
import { isNode, type Node } from "../syntax.ts";

/** Cases that follow one another, by their labels: those without statements of their own, and the one that has them. */
export function casesToTake(
  cases: readonly Node[],
  canGo: (bodies: readonly Node[]) => boolean,
): readonly (readonly Node[])[] {
  const runs: Node[][] = [];
  let group: Node[] = [];
  let isShut = true;
  let isRunning = false;
  for (const one of cases) {
    group.push(one);
    const body = one.consequent as readonly Node[];
    const last = body.at(-1);
    if (last === undefined) continue;
    const goes = isShut && group.every(isLabelled) && endsAbruptly(last) && canGo(group);
    if (goes && isRunning) runs.at(-1)?.push(...group);
    else if (goes) runs.push(group);
    isRunning = goes;
    isShut = endsAbruptly(last) || /^(Break|Continue)Statement$/.test(last.type);
    group = [];
  }
  return runs;
}

/** Looking at it again gives the same, and costs nothing. */
export function isPlain(node: Node): boolean {
  if (node.type === "Identifier" || node.type === "ThisExpression") return true;
  return node.type === "MemberExpression" && node.computed !== true && isPlain(node.object as Node);
}

/** Nothing behind the statement is reached from it. */
export function endsAbruptly(node: Node): boolean {
  switch (node.type) {
    case "ReturnStatement":
    case "ThrowStatement":
      return true;
    case "BlockStatement": {
      const last = (node.body as readonly Node[]).at(-1);
      return last !== undefined && endsAbruptly(last);
    }
    case "IfStatement":
      return (
        isNode(node.alternate) &&
        endsAbruptly(node.consequent as Node) &&
        endsAbruptly(node.alternate)
      );
    default:
      return false;
  }
}

function isLabelled({ test }: Node): boolean {
  return (
    test === null || (test as Node).type === "Literal" || (test as Node).type === "TemplateLiteral"
  );
}
