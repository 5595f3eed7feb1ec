// A client of gfws for browsers: JSON-RPC 2.0 over a WebSocket that comes back
// by itself. This folder needs nothing else. client.d.ts describes what is here,
// docs/client.md explains it.

import { Calls } from './calls.js';
import { decode, encodeCall } from './envelope.js';
import { ClosedError, LostError } from './errors.js';
import { Lifecycle } from './lifecycle.js';
import { complete } from './options.js';
import { Rooms } from './rooms.js';
import { Sending } from './sending.js';
import { Served } from './served.js';
import { Session } from './session.js';
import { TokenIn } from './token.js';

export * from './errors.js';
export { Policy } from './outbox.js';
export { isTerminal } from './reconnect.js';
export { TokenIn } from './token.js';

/** See client.d.ts. */
export class Client extends EventTarget {
  #options;
  #lifecycle;
  #calls = new Calls();
  #sending;
  #served;
  #rooms = new Rooms();
  #sessions = new WeakMap(); // by link
  #renewing = false;
  #started = null; // the promise of the first connection, and its ends
  #closing = new AbortController();

  constructor(url, options = {}) {
    super();
    this.#options = complete(options);
    this.#served = new Served(this.#options.maxIncoming, {
      problem: (error) => this.#tell('error', error),
      drop: (dropped) => this.#tell('drop', dropped),
    });
    this.#lifecycle = new Lifecycle(url, this.#options, {
      prepare: (link, token) => this.#prepare(link, token),
      opened: (link) => this.#opened(link),
      message: (link, text) => this.#received(link, text),
      lost: (link, error) => this.#calls.lose(link, new LostError(undefined, { cause: error })),
      changed: (state) => this.#changed(state),
    });
    this.#sending = new Sending(this.#options.queue, this.#lifecycle, this.#calls, (type, detail) => this.#tell(type, detail));
  }

  get state() { return this.#lifecycle.state; }

  get rooms() { return [...this.#rooms]; }

  connect() {
    if (this.#started) return this.#started.promise;
    if (this.state.phase === 'closed') return Promise.reject(this.#closed());
    const started = {};
    started.promise = new Promise((resolve, reject) => Object.assign(started, { resolve, reject }));
    started.promise.catch(() => {}); // the state tells as well
    this.#started = started;
    this.#lifecycle.dial();
    return started.promise;
  }

  on(method, handler) { this.#served.set(method, handler); }

  handle(method, handler) { this.#served.set(method, handler); }

  async call(method, params, { signal, timeout } = {}) {
    signal?.throwIfAborted();
    const call = this.#calls.add();
    const item = { method, params, call, text: '' };
    try {
      item.text = encodeCall(method, params, call.id);
      this.#send(item);
    } catch (error) {
      this.#calls.forget(call);
      throw error;
    }
    return this.#answer(item, signal, timeout);
  }

  /** Waits for the answer to a call, or until its caller gives it up. */
  async #answer(item, signal, timeout) {
    const { platform } = this.#options;
    const giveUp = (reason) => {
      this.#calls.fail(item.call, reason);
      if (this.#sending.remove(item)) return;
      this.#sending.write(item.call.link, encodeCall('$/cancel', { id: item.call.id }));
    };
    const aborted = () => giveUp(signal.reason);
    signal?.addEventListener('abort', aborted);
    const timer = timeout === undefined ? null : platform.setTimeout(
      () => giveUp(new DOMException(`no answer to ${item.method} in time`, 'TimeoutError')), timeout);
    try {
      return await item.call.answer;
    } finally {
      signal?.removeEventListener('abort', aborted);
      platform.clearTimeout(timer);
    }
  }

  notify(method, params) {
    this.#send({ method, params, call: null, text: encodeCall(method, params) });
  }

  join(room, options) {
    return this.#rooms.join(room, () => this.call('room.join', { room }, options));
  }

  async leave(room, options) {
    this.#rooms.leave(room);
    await this.call('room.leave', { room }, options);
  }

  close(code = 1000, reason = '') {
    if (this.state.phase === 'closed') return;
    const { link } = this.#lifecycle;
    link?.close(code, reason);
    this.#lifecycle.end(null);
    link?.end(this.#closed());
  }

  #closed() {
    return new ClosedError(undefined, { cause: this.state.error });
  }

  #send(item) {
    if (this.state.phase === 'closed') throw this.#closed();
    this.#sending.send(item);
  }

  /** Makes a connection ready: authenticated, and in all of the rooms. */
  async #prepare(link, token) {
    const write = (text) => this.#sending.write(link, text);
    const session = new Session(link, this.#calls, write, this.#options);
    this.#sessions.set(link, session);
    if (token !== null && this.#options.tokenIn === TokenIn.MESSAGE) await session.authenticate(token);
    await session.join(this.#rooms, (outcome) => {
      if (!this.#rooms.has(outcome.room)) return; // left meanwhile
      if (outcome.error) this.#rooms.remove(outcome.room);
      this.#tell('rejoin', outcome);
    });
  }

  #opened(link) {
    if (this.#options.heartbeat) {
      link.keepAlive(this.#options.heartbeat, () => this.#sessions.get(link).ping());
    }
    this.#sending.flush();
    this.#started.resolve();
  }

  #received(link, text) {
    this.#tell('message', { direction: 'in', data: text });
    let messages;
    try {
      messages = decode(text);
    } catch (error) {
      this.#tell('error', error);
      return;
    }
    for (const message of messages) this.#take(link, message);
  }

  #take(link, message) {
    switch (message.kind) {
      case 'response':
        this.#answered(link, message);
        return;
      case 'request':
        this.#served.called(message, link.signal, (text) => this.#sending.write(link, text));
        return;
      case 'notification':
        if (message.method === '$/cancel') this.#served.cancel(message.params?.id);
        if (message.method === 'auth.expiring') this.#renew(link);
        this.#served.notified(message, this.#closing.signal);
        return;
      default:
        this.#broken(link, message);
    }
  }

  #answered(link, { id, result, error }) {
    const settle = (call) => (error ? call.reject(error) : call.resolve(result));
    if (this.#calls.answered(link, id, settle)) return;
    this.#tell('error', error ?? new Error(`answer of the server to a call that was never made: ${id}`));
  }

  /** Fails the call that a message was meant to answer, and tells of it. */
  #broken(link, { id }) {
    const error = new Error('the server sent what is no JSON-RPC 2.0');
    this.#calls.answered(link, id, (call) => call.reject(error));
    this.#tell('error', error);
  }

  /** Authenticates with a new token, since the last one expires. */
  async #renew(link) {
    if (!this.#options.token || this.#renewing) return;
    this.#renewing = true;
    try {
      await this.#sessions.get(link).ask('auth', { token: await this.#options.token() });
    } catch (error) {
      if (!link.signal.aborted) this.#tell('error', error);
    } finally {
      this.#renewing = false;
    }
  }

  #changed(state) {
    if (state.phase === 'closed') {
      const error = this.#closed();
      this.#sending.giveUp(error);
      this.#calls.lose(null, error);
      this.#closing.abort(error);
      this.#started?.reject(error);
    }
    this.#tell('state', state);
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
