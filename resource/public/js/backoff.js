// How long to wait before trying again.

/** The delay that the first retry is spread around, in milliseconds. */
export const firstDelay = 1500;

/** The longest delay, in milliseconds. */
export const longestDelay = 15000;

/**
 * Returns the delay before a retry in milliseconds. It doubles with every
 * failure up to longestDelay and lies between half of that and all of it, so
 * that the clients of a restarted server do not all come back at once.
 *
 * @param {number} failures tries that failed so far in a row; 0 counts as 1
 * @param {() => number} random returns a number from 0 up to, not including, 1
 */
export function retryDelay(failures, random = Math.random) {
  const doublings = Math.max(0, failures - 1);
  const ceiling = Math.min(longestDelay, firstDelay * 2 ** doublings);
  return Math.round(ceiling * (0.5 + random() / 2));
}
