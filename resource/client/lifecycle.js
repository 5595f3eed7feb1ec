// Connections, one after the other.

import { ConnectionError } from './errors.js';
import { Link } from './link.js';
import { stableAfter } from './options.js';
import { waitBefore } from './reconnect.js';
import { withToken } from './token.js';

/**
 * Connects, and again when a connection is lost, until it is closed or another
 * try is pointless. It calls its host: prepare(link, token) makes a connection
 * ready, opened(link), message(link, text), lost(link, error), changed(state).
 */
export class Lifecycle {
  #url;
  #options;
  #host;
  #state = Object.freeze({ phase: 'idle', attempt: 0, next: null, error: null });
  #link = null;
  #timer = null;
  #failures = 0;
  #renewed = false; // the last try was made because a token was refused

  constructor(url, options, host) {
    this.#url = url;
    this.#options = options;
    this.#host = host;
  }

  get state() { return this.#state; }

  /** The present link, null while there is none. */
  get link() { return this.#link; }

  #enter(phase, { next = null, error = null } = {}) {
    const attempt = phase === 'waiting' ? this.#failures : this.#failures + 1;
    this.#state = Object.freeze({ phase, attempt, next, error });
    this.#host.changed(this.#state);
  }

  /** Makes the next connection. */
  async dial() {
    this.#enter('connecting', { error: this.#state.error });
    let token = null;
    try {
      if (this.#options.token) token = await this.#options.token();
    } catch (error) {
      this.#again(error);
      return;
    }
    if (this.#state.phase !== 'connecting') return;
    try {
      this.#connect(token);
    } catch (error) {
      this.end(error); // the address or a subprotocol, and so for ever
    }
  }

  #connect(token) {
    const { subprotocols, tokenIn, handshakeTimeout, platform } = this.#options;
    const { url, protocols } = withToken(this.#url, subprotocols, token, tokenIn);
    const link = new Link(new platform.WebSocket(url, protocols), platform, handshakeTimeout);
    let openedAt = null;
    this.#link = link;
    link.onmessage = (text) => this.#host.message(link, text);
    link.onend = (error) => this.#lost(link, error, openedAt);
    link.onopen = async () => {
      try {
        await this.#host.prepare(link, token);
      } catch {
        return; // the link has ended, and tells
      }
      if (link.signal.aborted) return;
      openedAt = platform.now();
      this.#enter('open');
      this.#host.opened(link);
    };
  }

  #lost(link, error, openedAt) {
    this.#link = null;
    this.#host.lost(link, error);
    if (this.#state.phase === 'closed') return;
    if (openedAt !== null && this.#options.platform.now() - openedAt >= stableAfter) {
      this.#failures = 0;
      this.#renewed = false;
    }
    this.#again(error);
  }

  /** Waits before the next try, unless that is pointless. */
  #again(error) {
    if (this.#state.phase === 'closed') return;
    this.#failures++;
    if (!this.#worthAnother(error)) {
      this.end(error);
      return;
    }
    const { backoff, platform } = this.#options;
    const wait = waitBefore(this.#failures, backoff, platform.random);
    this.#timer = platform.setTimeout(() => this.dial(), wait);
    this.#enter('waiting', { next: new Date(platform.now() + wait), error });
  }

  /** A refused token is worth one more try, with a new one. */
  #worthAnother(error) {
    if (!(error instanceof ConnectionError)) return true;
    if (error.code !== 4401 || !this.#options.token) return !this.#options.terminal(error.code);
    const again = !this.#renewed;
    this.#renewed = true;
    return again;
  }

  /** Ends it for good. */
  end(error) {
    this.#options.platform.clearTimeout(this.#timer);
    this.#enter('closed', { error });
  }
}
