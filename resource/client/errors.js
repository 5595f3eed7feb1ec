// What calls and notifications fail with.

/** The server, or a handler of this side, answered a call with an error. */
export class RpcError extends Error {
  /**
   * @param {number} code JSON-RPC's own from -32768 to -32000, else GoFrame's or the application's
   * @param {string} message
   * @param {unknown} [data]
   */
  constructor(code, message, data) {
    super(message);
    this.name = 'RpcError';
    this.code = code;
    this.data = data;
  }
}

/** The message was never sent: there was no room for it. It is safe to try again. */
export class DroppedError extends Error {
  constructor(message = 'the message was dropped before it was sent', options) {
    super(message, options);
    this.name = 'DroppedError';
  }
}

/**
 * The call was sent and the connection was lost before the answer came: the
 * server may have carried it out or not.
 */
export class LostError extends Error {
  constructor(message = 'the connection was lost before the answer came', options) {
    super(message, options);
    this.name = 'LostError';
  }
}

/** The client is closed; the cause says why. */
export class ClosedError extends Error {
  constructor(message = 'the client is closed', options) {
    super(message, options);
    this.name = 'ClosedError';
  }
}

/** A connection ended. */
export class ConnectionError extends Error {
  /**
   * @param {number} code of the close frame; 1006 when there was none, which is
   *   also all that a browser tells of a refused handshake
   * @param {string} reason
   */
  constructor(code, reason) {
    super(`the connection ended with ${code}${reason ? `: ${reason}` : ''}`);
    this.name = 'ConnectionError';
    this.code = code;
    this.reason = reason;
  }
}

/** The codes that JSON-RPC 2.0 reserves, and the one for a client that is busy. */
export const Code = Object.freeze({
  PARSE_ERROR: -32700,
  INVALID_REQUEST: -32600,
  METHOD_NOT_FOUND: -32601,
  INVALID_PARAMS: -32602,
  INTERNAL_ERROR: -32603,
  BUSY: -32000,
});
