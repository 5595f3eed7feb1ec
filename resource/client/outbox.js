// What waits for a connection.

import { DroppedError } from './errors.js';

const encoder = new TextEncoder();

/** What becomes of a message that has no room in the queue. */
export const Policy = Object.freeze({
  /** The new message is refused: its caller gets a DroppedError. */
  REFUSE: 'refuse',
  /** The messages that have waited longest are given up. */
  DROP_OLDEST: 'drop-oldest',
  /** Nothing is kept while there is no connection. */
  OFF: 'off',
});

/** A queue that is bounded in messages and in bytes. */
export class Outbox {
  #limit;
  #waiting = [];
  #bytes = 0;

  /** @param {{messages: number, bytes: number, policy: string}} limit */
  constructor(limit) {
    this.#limit = limit;
  }

  /**
   * Adds an item with a text, and returns what had to go for it.
   *
   * @throws {DroppedError} when it was refused
   */
  put(item) {
    const { length: size } = encoder.encode(item.text);
    if (size > this.#limit.bytes || this.#limit.policy === Policy.OFF) throw new DroppedError();
    const displaced = [];
    while (!this.#fits(size)) {
      if (this.#limit.policy === Policy.REFUSE) throw new DroppedError();
      displaced.push(this.#shift());
    }
    this.#waiting.push({ item, size });
    this.#bytes += size;
    return displaced;
  }

  #fits(size) {
    return this.#waiting.length < this.#limit.messages && this.#bytes + size <= this.#limit.bytes;
  }

  #shift() {
    const { item, size } = this.#waiting.shift();
    this.#bytes -= size;
    return item;
  }

  /** Takes an item out, and returns whether it was still there. */
  remove(item) {
    const at = this.#waiting.findIndex((waiting) => waiting.item === item);
    if (at < 0) return false;
    const [{ size }] = this.#waiting.splice(at, 1);
    this.#bytes -= size;
    return true;
  }

  /** Takes everything out, the oldest first. */
  empty() {
    const items = this.#waiting.map(({ item }) => item);
    this.#waiting = [];
    this.#bytes = 0;
    return items;
  }
}
