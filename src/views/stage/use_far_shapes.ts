/** What draws a line that goes by (`FarShapes.tsx`), once it is there. */
import { lateFunction } from "./late_function.ts";

export const useFarShapes = lateFunction(async () => {
  const { farShapes } = await import("./FarShapes.tsx");
  return farShapes;
});
