// The calls and notifications of the server, and their handlers.

import { encodeError, encodeResult } from './envelope.js';
import { Code, RpcError } from './errors.js';
import { Incoming } from './incoming.js';

/** Runs the handlers of what the server sends. */
export class Served {
  #handlers = new Map();
  #incoming;
  #running = new Map(); // the abort controllers of the server's calls, by id
  #tell;

  /**
   * @param {number} limit how many messages may be handled or wait at once
   * @param {{problem: (error: unknown) => void, drop: (dropped: object) => void}} tell
   */
  constructor(limit, tell) {
    this.#incoming = new Incoming(limit);
    this.#tell = tell;
  }

  /** Sets the handler of a method, in place of an earlier one. */
  set(method, handler) {
    this.#handlers.set(method, handler);
  }

  /** Hands a notification to its handler, after all earlier ones of its method. */
  notified({ method, params }, signal) {
    const handler = this.#handlers.get(method);
    if (!handler) return;
    const run = async () => {
      try {
        await handler(params, { signal });
      } catch (error) {
        this.#tell.problem(error);
      }
    };
    if (!this.#incoming.inOrder(method, run)) this.#tell.drop({ method, params, incoming: true });
  }

  /** Hands a call to its handler, at once: it may wait for others that run. */
  called(message, signal, send) {
    const { id, method } = message;
    const handler = this.#handlers.get(method);
    if (!handler) {
      send(encodeError(id, new RpcError(Code.METHOD_NOT_FOUND, `no such method: ${method}`)));
      return;
    }
    const { abort, end } = this.#begin(id, signal);
    const run = async () => {
      send(await this.#answer(handler, message, abort.signal));
      end();
    };
    if (this.#incoming.atOnce(run)) return;
    end();
    send(encodeError(id, new RpcError(Code.BUSY, 'too many calls at once')));
  }

  /** Makes a call known, so that it can be cancelled even before it runs. */
  #begin(id, signal) {
    const abort = new AbortController();
    const stop = () => abort.abort(signal.reason);
    signal.addEventListener('abort', stop);
    this.#running.set(id, abort);
    const end = () => {
      signal.removeEventListener('abort', stop);
      if (this.#running.get(id) === abort) this.#running.delete(id);
    };
    return { abort, end };
  }

  async #answer(handler, { id, params }, signal) {
    try {
      return encodeResult(id, await handler(params, { signal }));
    } catch (error) {
      if (!(error instanceof RpcError)) this.#tell.problem(error);
      return encodeError(id, error);
    }
  }

  /** Aborts the server's call with an id. */
  cancel(id) {
    this.#running.get(id)?.abort(new DOMException('the server cancelled the call', 'AbortError'));
  }
}
