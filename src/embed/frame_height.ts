/**
 * A host that makes the frame as high as its content will do so again: nothing is to be scrolled inside, and no bar comes and goes
 * meanwhile. A frame that was higher before there was much in it, or in a window that somebody resizes, is none of these.
 */
export interface FrameHeight {
  /** Of what is shown, in CSS pixels; 0 before it is known. */
  wanted: number;
  /** By a host that knows the contract. */
  isGreeted: boolean;
}

export function noteWhoFollows(height: FrameHeight): void {
  let before = window.innerHeight;
  window.addEventListener("resize", () => {
    const { innerHeight } = window;
    const isWhole = height.wanted > 0 && innerHeight >= Math.floor(height.wanted);
    if (height.isGreeted && innerHeight !== before && isWhole)
      document.documentElement.dataset.follows = "true";
    before = innerHeight;
  });
}
