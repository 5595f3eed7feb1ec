// A JSON-RPC server without any method, which a test answers for by hand, and a
// platform whose time a test moves.

import { once } from 'node:events';
import { WebSocket, WebSocketServer } from 'ws';
import { Client } from '../../resource/client/client.js';

/** How long a test waits for what must happen, in milliseconds. */
const patience = 30000;

/** Waits for a promise, but not for ever. */
export async function within(promise, what) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`waited in vain for ${what}`)), patience);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Resolves with what comes next, or fails when nothing comes. */
export class Mailbox {
  #items = [];
  #takers = [];

  put(item) {
    const taker = this.#takers.shift();
    if (taker) taker(item);
    else this.#items.push(item);
  }

  get size() { return this.#items.length; }

  async take(what) {
    if (this.#items.length > 0) return this.#items.shift();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`waited in vain for ${what}`)), patience);
      this.#takers.push((item) => {
        clearTimeout(timer);
        resolve(item);
      });
    });
  }
}

/** One connection as the server has it. */
class Session {
  #received = new Mailbox();

  constructor(socket, request) {
    this.socket = socket;
    this.request = request;
    socket.on('message', (data) => this.#received.put(JSON.parse(data)));
    this.closed = once(socket, 'close');
    socket.on('error', () => {});
  }

  async expect(method) {
    const message = await this.#received.take(`a call of ${method}`);
    if (message.method !== method) throw new Error(`${JSON.stringify(message)} is no call of ${method}`);
    return message;
  }

  next() { return this.#received.take('a message'); }

  send(message) { this.socket.send(typeof message === 'string' ? message : JSON.stringify({ jsonrpc: '2.0', ...message })); }

  reply({ id }, result) { this.send({ id, result }); }

  fail({ id }, error) { this.send({ id, error }); }
}

export class Server {
  #server;
  #sessions = new Mailbox();
  #port = 0;

  /** Listens, on the port of before if there was one. */
  async start() {
    this.#server = new WebSocketServer({ host: '127.0.0.1', port: this.#port, handleProtocols: (offered) => offered.has('v1') && 'v1' });
    this.#server.on('connection', (socket, request) => this.#sessions.put(new Session(socket, request)));
    await once(this.#server, 'listening');
    this.#port = this.#server.address().port;
    return this;
  }

  get url() { return `ws://127.0.0.1:${this.#port}/rpc`; }

  accept() { return this.#sessions.take('a connection'); }

  /** Cuts all connections and listens no more. */
  async kill() {
    for (const socket of this.#server.clients) socket.terminate();
    await new Promise((resolve) => { this.#server.close(resolve); });
  }
}

/** Timers that fire when a test says so. */
export class Time {
  #now = Date.UTC(2026, 0, 2, 3, 4, 5);
  #timers = new Map();
  #last = 0;
  #set = new Mailbox();

  platform = {
    WebSocket,
    now: () => this.#now,
    random: () => 1 - 2 ** -52,
    setTimeout: (callback, delay) => {
      this.#timers.set(++this.#last, { callback, delay });
      this.#set.put(this.#last);
      return this.#last;
    },
    clearTimeout: (timer) => { this.#timers.delete(timer); },
  };

  advance(milliseconds) { this.#now += milliseconds; }

  /** Waits until a timer of just this delay is set, and lets it fire. */
  async fire(delay) {
    for (;;) {
      const found = [...this.#timers].find(([, timer]) => timer.delay === delay);
      if (found) {
        this.#timers.delete(found[0]);
        this.#now += delay;
        found[1].callback();
        return;
      }
      await this.#set.take(`a timer of ${delay} ms`);
    }
  }
}

/** A client under test with all that it tells, ended with the test. */
export function watch(t, url, options = {}) {
  const time = new Time();
  const client = new Client(url, { ...options, platform: time.platform });
  const told = {};
  for (const type of ['state', 'drop', 'rejoin', 'error']) {
    told[type] = new Mailbox();
    client.addEventListener(type, (event) => told[type].put(event.detail));
  }
  const until = async (phase) => {
    for (;;) {
      const state = await told.state.take(`the phase ${phase}`);
      if (state.phase === phase) return state;
    }
  };
  t.after(() => client.close());
  return { client, time, told, until };
}

/** A server and a client that is connected to it. */
export async function connected(t, options) {
  const server = await new Server().start();
  t.after(() => server.kill());
  const watched = watch(t, server.url, options);
  await within(watched.client.connect(), 'the connection');
  return { ...watched, server, session: await server.accept() };
}
