// What the close codes of RFC 6455 and of its registry mean. The words are in
// strings/; here is only which of them applies.

const registered = new Set([
  1000, 1001, 1002, 1003, 1004, 1005, 1006, 1007, 1008, 1009, 1010, 1011,
  1012, 1013, 1014, 1015, 3000, 3003, 3008,
]);

/** Why a connection ended although no close event says so. */
export const Cause = Object.freeze({
  /** The handshake was not answered in time. */
  SILENT: 'silent',
  /** The server did not answer our close frame in time. */
  UNANSWERED: 'unanswered',
  /** The browser would not even try the address. */
  FORBIDDEN: 'forbidden',
});

/**
 * Returns the key of the words for an ended connection.
 *
 * @param {{code: number, wasOpen?: boolean, cause?: string}} close
 */
export function closeKey({ code, wasOpen = true, cause }) {
  if (cause) return `close.${cause}`;
  if (code === 1006 && !wasOpen) return 'close.refused';
  if (registered.has(code)) return `close.${code}`;
  if (code >= 1000 && code < 3000) return 'close.reserved';
  if (code >= 3000 && code < 4000) return 'close.library';
  if (code >= 4000 && code < 5000) return 'close.application';
  return 'close.unknown';
}

/**
 * Says whether coming back by itself makes sense after a close: not when the
 * server was done, refused us for good, or speaks of a state that only its
 * application knows.
 *
 * @param {number} code
 */
export function isRetriable(code) {
  if (code >= 4000) return false;
  return ![1000, 1008, 1010, 3000, 3003].includes(code);
}
