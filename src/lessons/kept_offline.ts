/** Whether the site is kept for use without a network, with all lessons and the simulated server. */
export function isKeptOffline(): boolean {
  try {
    return navigator.serviceWorker?.controller instanceof Object;
  } catch {
    // A frame without an origin may not even ask.
    return false;
  }
}
