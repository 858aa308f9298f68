/**
 * What is not in the page's first picture is loaded, and drawn, behind it: somebody who has just come waits for as little as can be.
 *
 *     first picture ─▶ painted ─▶ what is `behindPicture`
 */
import { type ComponentType, type LazyExoticComponent, lazy } from "react";

let tell: () => void = () => {};
const stands = new Promise<void>((resolve) => {
  tell = resolve;
});

/** It has been painted. */
export function firstPictureStands(): void {
  tell();
}

/** As React's `lazy`. */
export function behindPicture<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => {
    await stands;
    return { default: await load() };
  });
}
