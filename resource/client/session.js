// What is said on one connection beside the calls of the host.

import { encodeCall } from './envelope.js';
import { ConnectionError, RpcError } from './errors.js';

/** Makes calls on one link, past the queue. */
export class Session {
  #link;
  #calls;
  #write;
  #platform;
  #timeout;

  constructor(link, calls, write, { platform, handshakeTimeout }) {
    this.#link = link;
    this.#calls = calls;
    this.#write = write;
    this.#platform = platform;
    this.#timeout = handshakeTimeout;
  }

  #begin(method, params) {
    const call = this.#calls.add();
    call.link = this.#link;
    this.#write(encodeCall(method, params, call.id));
    return call;
  }

  /** Makes a call. A server that does not answer in time is as good as gone. */
  async ask(method, params) {
    const call = this.#begin(method, params);
    const timer = this.#platform.setTimeout(
      () => this.#link.cut(`${method} was not answered in time`), this.#timeout);
    try {
      return await call.answer;
    } finally {
      this.#platform.clearTimeout(timer);
    }
  }

  /** Sends what every server of JSON-RPC answers, if only with an error. */
  ping() {
    this.#begin('$/ping');
  }

  /** Authenticates; a refusal ends the link like the close code for it. */
  async authenticate(token) {
    try {
      await this.ask('auth', { token });
    } catch (error) {
      if (error instanceof RpcError) {
        this.#link.close(1000, '');
        this.#link.end(new ConnectionError(4401, error.message));
      }
      throw error;
    }
  }

  /** Joins rooms, and tells of each the answer or the error of the server. */
  async join(rooms, tell) {
    await Promise.all([...rooms].map(async (room) => {
      try {
        tell({ room, joined: await this.ask('room.join', { room }), error: null });
      } catch (error) {
        if (!(error instanceof RpcError)) throw error;
        tell({ room, joined: null, error });
      }
    }));
  }
}
