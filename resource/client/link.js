// One connection, from its handshake to its end.

import { ConnectionError } from './errors.js';

/** The socket's state OPEN. */
const open = 1;

/** Tells of its socket: onopen, onmessage with a text, onend with an error, once. */
export class Link {
  #socket;
  #platform;
  #timer = null;
  #ended = false;
  #heard = 0;
  #abort = new AbortController();

  onopen = () => {};
  onmessage = () => {};
  onend = () => {};

  /**
   * @param {WebSocket} socket
   * @param {{now: () => number, setTimeout: Function, clearTimeout: Function}} platform
   * @param {number} handshakeTimeout in milliseconds
   */
  constructor(socket, platform, handshakeTimeout) {
    this.#socket = socket;
    this.#platform = platform;
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => this.#opened();
    socket.onmessage = (event) => this.#received(event.data);
    socket.onclose = (event) => this.end(new ConnectionError(event.code, event.reason));
    socket.onerror = () => {}; // the close that follows says as much
    this.#after(handshakeTimeout, () => this.cut('the handshake was not answered in time'));
  }

  /** Aborted when the link ends. */
  get signal() { return this.#abort.signal; }

  /** Bytes that the socket has not given to the network yet. */
  get buffered() { return this.#socket.bufferedAmount; }

  #opened() {
    if (this.#ended) return;
    this.#platform.clearTimeout(this.#timer);
    this.#heard = this.#platform.now();
    this.onopen();
  }

  #received(data) {
    if (this.#ended) return;
    this.#heard = this.#platform.now();
    this.onmessage(typeof data === 'string' ? data : new TextDecoder().decode(data));
  }

  /** Calls back after some time, unless the link ends; the last one counts. */
  #after(delay, callback) {
    this.#platform.clearTimeout(this.#timer);
    this.#timer = this.#platform.setTimeout(callback, delay);
  }

  /**
   * Asks for a sign of life whenever none came for an interval, and ends the link
   * when none comes then. ask sends something that the server answers.
   */
  keepAlive({ interval, timeout }, ask) {
    const silence = this.#platform.now() - this.#heard;
    this.#after(Math.max(0, interval - silence), () => {
      if (this.#platform.now() - this.#heard < interval) {
        this.keepAlive({ interval, timeout }, ask);
        return;
      }
      const asked = this.#platform.now();
      ask();
      this.#after(timeout, () => {
        if (this.#heard < asked) this.cut('the server gives no sign of life');
        else this.keepAlive({ interval, timeout }, ask);
      });
    });
  }

  /** Sends a text; false when there is no connection to send it on. */
  send(text) {
    if (this.#ended || this.#socket.readyState !== open) return false;
    this.#socket.send(text);
    return true;
  }

  /** Ends the link with a close frame. */
  close(code, reason) {
    this.#socket.close(code, reason);
  }

  /** Ends the link at once. The socket's own close event may take a minute. */
  cut(why) {
    this.#socket.close();
    this.end(new ConnectionError(1006, why));
  }

  /** Says that the link is over; the first cause counts. */
  end(error) {
    if (this.#ended) return;
    this.#ended = true;
    this.#platform.clearTimeout(this.#timer);
    this.#abort.abort(error);
    this.onend(error);
  }
}
