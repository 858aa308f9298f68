/**
 * Runs something when the next picture has been painted: as a task of its own behind the frame, so that what is heavy never
 * stands between an input and its picture. Where no frames are drawn (a tab in the background) it runs shortly after.
 *
 *     input ─▶ what leads is drawn ─▶ style, layout, paint ─▶ `work`
 */

/** A frame that takes longer than this is not coming. */
const NO_FRAME_MS = 120;

/** Returns what calls it off. */
export function afterPicture(work: () => void): () => void {
  let isOver = false;
  const end = (): void => {
    isOver = true;
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
  const run = (): void => {
    if (isOver) return;
    end();
    work();
  };
  const timer = setTimeout(run, NO_FRAME_MS);
  const frame = requestAnimationFrame(() => void afterTask(run));
  return end;
}

/** As the next task, when what this one changed has been worked out; returns what calls it off. */
export function afterTask(work: () => void): () => void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    work();
  };
  port2.postMessage(null);
  return () => port1.close();
}
