// When to come back after a connection has ended.

const terminal = new Set([1000, 1002, 1003, 1007, 1008, 1009, 1010, 4401, 4403]);

/**
 * Says whether a server that closes with code would do so again: it is done with
 * this client (1000), the two do not understand each other (1002, 1003, 1007,
 * 1009, 1010), or the client is refused (1008, 4401, 4403). All other codes
 * speak of the server or the network at that moment.
 *
 * @param {number} code
 */
export function isTerminal(code) {
  return terminal.has(code);
}

/**
 * Returns how long to wait before the next try, in milliseconds: a random time
 * below a ceiling that doubles with every failure. This is full jitter, so that
 * the clients of a restarted server do not all come back at once.
 *
 * @param {number} failures tries that failed in a row, 1 for the first
 * @param {{min: number, max: number}} backoff in milliseconds
 * @param {() => number} random returns a number from 0 up to, not including, 1
 */
export function waitBefore(failures, { min, max }, random) {
  return Math.floor(random() * Math.min(max, min * 2 ** (failures - 1)));
}
