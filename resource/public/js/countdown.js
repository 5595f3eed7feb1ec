// Counts the seconds down to a moment.

/**
 * Calls onSecond at once and then each time one more second has passed, with
 * the seconds left, the last time with 0.
 *
 * @param {number} until milliseconds since the epoch
 * @param {(seconds: number) => void} onSecond
 * @param {{now: () => number, setTimeout: Function, clearTimeout: Function}} platform
 * @returns {() => void} stops it
 */
export function countDown(until, onSecond, platform) {
  let timer = null;
  const tick = () => {
    const left = Math.max(0, until - platform.now());
    const seconds = Math.ceil(left / 1000);
    onSecond(seconds);
    if (seconds === 0) return;
    timer = platform.setTimeout(tick, left - (seconds - 1) * 1000);
  };
  tick();
  return () => platform.clearTimeout(timer);
}
