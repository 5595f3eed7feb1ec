// A WebSocket that comes back by itself. It knows nothing of the page.

import { retryDelay } from './backoff.js';
import { Cause, isRetriable } from './closecodes.js';

/** What a connection can be doing. */
export const State = Object.freeze({
  CLOSED: 'closed',
  CONNECTING: 'connecting',
  OPEN: 'open',
  CLOSING: 'closing',
  WAITING: 'waiting',
});

/** How long the server may take to answer the handshake, in milliseconds. */
export const handshakeTimeout = 10000;

/** How long the server may take to answer our close frame, in milliseconds. */
export const closeTimeout = 3000;

/** An opened connection counts as a success after this long, in milliseconds. */
export const stableAfter = 5000;

/**
 * Dispatches "change" after every change of state and "message" for every
 * message, with the data (a string or an ArrayBuffer) in its detail.
 */
export class Connection extends EventTarget {
  #url;
  #platform;
  #socket = null;
  #timer = null;
  #state = State.CLOSED;
  #since = 0;
  #retryAt = null;
  #failures = 0;
  #close = null;

  /**
   * @param {string} url
   * @param {{WebSocket: typeof WebSocket, now: () => number, random: () => number,
   *   setTimeout: Function, clearTimeout: Function}} platform
   */
  constructor(url, platform) {
    super();
    this.#url = url;
    this.#platform = platform;
  }

  get url() { return this.#url; }

  get state() { return this.#state; }

  /** When the present state began, in milliseconds since the epoch. */
  get since() { return this.#since; }

  /** When the next try is due, in milliseconds since the epoch, or null. */
  get retryAt() { return this.#retryAt; }

  /** Tries that failed in a row since the connection was last stable. */
  get failures() { return this.#failures; }

  /**
   * How the connection ended last, or null if it never did.
   * @returns {{code: number, reason: string, wasOpen: boolean, byUs: boolean, cause?: string} | null}
   */
  get close() { return this.#close; }

  /** Connects, also right away while waiting to. Does nothing if a socket exists. */
  connect() {
    if (this.#socket) return;
    if (this.#state === State.CLOSED) this.#failures = 0;
    this.#open();
  }

  /** Tries at once if it is waiting to; leaves a closed connection closed. */
  retryNow() {
    if (this.#state === State.WAITING) this.#open();
  }

  /** Ends the connection, or gives up trying to get one. */
  disconnect() {
    if (this.#state === State.OPEN) {
      this.#enter(State.CLOSING);
      this.#startTimer(closeTimeout, () => this.#giveUp(Cause.UNANSWERED));
      this.#socket.close(1000);
      return;
    }
    if (this.#state === State.CONNECTING || this.#state === State.WAITING) {
      this.#dropSocket();
      this.#clearTimer();
      this.#enter(State.CLOSED);
    }
  }

  /**
   * Sends a string as text or bytes as binary.
   * @returns {boolean} false if the connection is not open
   */
  send(data) {
    if (this.#state !== State.OPEN) return false;
    // The socket may be closing already, with the event still to come.
    if (this.#socket.readyState !== this.#platform.WebSocket.OPEN) return false;
    this.#socket.send(data);
    return true;
  }

  #open() {
    this.#clearTimer();
    let socket;
    try {
      socket = new this.#platform.WebSocket(this.#url);
    } catch {
      this.#ended({ code: 1006, reason: '', cause: Cause.FORBIDDEN });
      return;
    }
    this.#socket = socket;
    socket.binaryType = 'arraybuffer';
    this.#listen(socket);
    this.#startTimer(handshakeTimeout, () => this.#giveUp(Cause.SILENT));
    this.#enter(State.CONNECTING);
  }

  #listen(socket) {
    // A dropped socket may still speak; it is no longer ours.
    const on = (type, handle) => socket.addEventListener(type, (event) => {
      if (socket === this.#socket) handle(event);
    });
    on('open', () => {
      this.#clearTimer();
      this.#enter(State.OPEN);
    });
    on('message', (event) => {
      this.dispatchEvent(new CustomEvent('message', { detail: event.data }));
    });
    on('close', (event) => this.#ended({ code: event.code, reason: event.reason }));
  }

  #giveUp(cause) {
    this.#dropSocket();
    this.#ended({ code: 1006, reason: '', cause });
  }

  #dropSocket() {
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  #ended(how) {
    const wasOpen = this.#state === State.OPEN || this.#state === State.CLOSING;
    const byUs = this.#state === State.CLOSING;
    const wasStable = this.#state === State.OPEN
      && this.#platform.now() - this.#since >= stableAfter;
    this.#clearTimer();
    this.#socket = null;
    this.#close = { ...how, wasOpen, byUs };
    this.#failures = wasStable ? 1 : this.#failures + 1;
    const final = byUs || how.cause === Cause.FORBIDDEN || !isRetriable(how.code);
    if (final) {
      this.#enter(State.CLOSED);
      return;
    }
    this.#waitToRetry();
  }

  #waitToRetry() {
    const delay = retryDelay(this.#failures, this.#platform.random);
    this.#startTimer(delay, () => this.#open());
    this.#retryAt = this.#platform.now() + delay;
    this.#enter(State.WAITING);
  }

  #enter(state) {
    this.#state = state;
    this.#since = this.#platform.now();
    if (state !== State.WAITING) this.#retryAt = null;
    this.dispatchEvent(new Event('change'));
  }

  #startTimer(delay, action) {
    this.#clearTimer();
    this.#timer = this.#platform.setTimeout(action, delay);
  }

  #clearTimer() {
    this.#platform.clearTimeout(this.#timer);
    this.#timer = null;
  }
}
