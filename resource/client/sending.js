// How messages leave: at once, or once there is a connection.

import { DroppedError } from './errors.js';
import { Outbox } from './outbox.js';

/** Sends items: a method, its params, the text of both, and the call or null. */
export class Sending {
  #outbox;
  #limit;
  #lifecycle;
  #calls;
  #tell;

  constructor(queue, lifecycle, calls, tell) {
    this.#outbox = new Outbox(queue);
    this.#limit = queue.bytes;
    this.#lifecycle = lifecycle;
    this.#calls = calls;
    this.#tell = tell;
  }

  /**
   * Sends an item, or keeps it while there is no connection.
   *
   * @throws {DroppedError} when there is no room for it
   */
  send(item) {
    if (this.#lifecycle.state.phase !== 'open') {
      this.#keep(item);
      return;
    }
    // What the socket holds counts: it would grow without a bound.
    if (this.#lifecycle.link.buffered > this.#limit) throw new DroppedError();
    this.#transmit(item);
  }

  #keep(item) {
    for (const displaced of this.#outbox.put(item)) this.#drop(displaced, new DroppedError());
  }

  #transmit(item) {
    const { link } = this.#lifecycle;
    if (this.write(link, item.text)) {
      if (item.call) item.call.link = link;
      return;
    }
    this.#keep(item); // the connection is closing
  }

  /** Writes a text to a link, and says whether there was one to write to. */
  write(link, text) {
    const sent = link?.send(text) ?? false;
    if (sent) this.#tell('message', { direction: 'out', data: text });
    return sent;
  }

  /** Sends all that was kept. */
  flush() {
    for (const item of this.#outbox.empty()) this.#transmit(item);
  }

  /** Takes an item that was kept back, and returns whether it was. */
  remove(item) {
    return this.#outbox.remove(item);
  }

  /** Gives up all that was kept. */
  giveUp(error) {
    for (const item of this.#outbox.empty()) this.#drop(item, error);
  }

  #drop(item, error) {
    if (item.call) this.#calls.fail(item.call, error);
    this.#tell('drop', { method: item.method, params: item.params, incoming: false });
  }
}
