// Recognises a message that comes back as the echo of one that was sent.

/** How many sent messages wait for their echo; older ones are forgotten. */
export const pendingLimit = 1000;

export class Echoes {
  #pending = [];

  /**
   * Remembers a message that was sent.
   * @param {string | Uint8Array} data
   * @param {number} at when, in milliseconds of a monotonic clock
   */
  sent(data, at) {
    this.#pending.push({ data, at });
    if (this.#pending.length > pendingLimit) this.#pending.shift();
  }

  /**
   * Returns the milliseconds since the oldest equal message was sent, or null
   * if none was: then the message is the server's own.
   * @param {string | Uint8Array} data
   * @param {number} at
   */
  received(data, at) {
    const index = this.#pending.findIndex((sent) => isSame(sent.data, data));
    if (index < 0) return null;
    const [sent] = this.#pending.splice(index, 1);
    return at - sent.at;
  }

  /** Forgets what was sent: no echo crosses from one connection to the next. */
  clear() {
    this.#pending = [];
  }
}

function isSame(sent, received) {
  if (typeof sent === 'string' || typeof received === 'string') return sent === received;
  if (sent.length !== received.length) return false;
  return sent.every((byte, index) => byte === received[index]);
}
