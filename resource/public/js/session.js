// What goes over a connection, written into the log. It knows nothing of the page.

import { Cause, closeKey } from './closecodes.js';
import { State } from './connection.js';
import { Echoes } from './echoes.js';
import { utf8 } from './format.js';

/** How many bytes of a binary message the log keeps to show. */
export const previewBytes = 16;

/** Dispatches "count" when one of its numbers has changed. */
export class Session extends EventTarget {
  #connection;
  #log;
  #monotonic;
  #echoes = new Echoes();
  #wasOpen = false;
  #isLossLogged = false;

  /** Messages sent, and messages received, since the page was opened. */
  sent = 0;
  received = 0;

  /** The last echo's round trip in milliseconds, or null before the first. */
  roundTrip = null;

  /**
   * @param {import('./connection.js').Connection} connection
   * @param {import('./log.js').Log} log
   * @param {() => number} monotonic milliseconds that never go back
   */
  constructor(connection, log, monotonic) {
    super();
    this.#connection = connection;
    this.#log = log;
    this.#monotonic = monotonic;
    connection.addEventListener('change', () => this.#changed());
    connection.addEventListener('message', (event) => this.#receive(event.detail));
  }

  /**
   * Sends text as a message of type "text" or, its UTF-8 bytes, "binary".
   * @returns {boolean} false if the connection is not open
   */
  send(type, text) {
    const bytes = utf8(text);
    const data = type === 'binary' ? bytes : text;
    const at = this.#monotonic();
    if (!this.#connection.send(data)) return false;
    this.#echoes.sent(data, at);
    this.sent += 1;
    this.#log.add({ kind: 'sent', ...content(data) });
    this.dispatchEvent(new Event('count'));
    return true;
  }

  #receive(raw) {
    const at = this.#monotonic();
    const data = typeof raw === 'string' ? raw : new Uint8Array(raw);
    const roundTrip = this.#echoes.received(data, at);
    this.received += 1;
    if (roundTrip === null) {
      this.#log.add({ kind: 'received', ...content(data) });
    } else {
      this.roundTrip = roundTrip;
      this.#log.add({ kind: 'echo', roundTrip, ...content(data) });
    }
    this.dispatchEvent(new Event('count'));
  }

  #changed() {
    const { state } = this.#connection;
    if (state === State.OPEN) this.#opened();
    if (state === State.CLOSED || state === State.WAITING) this.#ended();
  }

  #opened() {
    this.#wasOpen = true;
    this.#isLossLogged = false;
    this.#event('good', 'event.open', { url: this.#connection.url });
  }

  #ended() {
    this.#echoes.clear();
    const { state, close } = this.#connection;
    const wasOpen = this.#wasOpen;
    this.#wasOpen = false;
    if (wasOpen) {
      this.#isLossLogged = state === State.WAITING;
      this.#event(closeTone(close), close.byUs ? 'event.closedByUs' : 'event.closed', closeParams(close));
      return;
    }
    // Of a row of failed tries only the first is news.
    if (this.#isLossLogged && state === State.WAITING) return;
    if (state === State.WAITING || close?.cause === Cause.FORBIDDEN) {
      this.#isLossLogged = true;
      this.#event('bad', 'event.failed', closeParams(close));
      return;
    }
    this.#isLossLogged = false;
    this.#event('plain', 'event.stopped');
  }

  #event(tone, key, params) {
    this.#log.add({ kind: 'event', tone, message: { key, params } });
  }
}

/** Returns what the words for an ended connection need: code, name and reason. */
export function closeParams(close) {
  return {
    code: close.code,
    meaning: { key: closeKey(close) },
    reason: close.reason ? { key: 'close.reason', params: { reason: close.reason } } : '',
  };
}

function closeTone(close) {
  if (close.byUs || close.code === 1000) return 'plain';
  return 'bad';
}

function content(data) {
  if (typeof data === 'string') return { type: 'text', text: data, size: utf8(data).length };
  return { type: 'binary', preview: data.slice(0, previewBytes), size: data.length };
}
