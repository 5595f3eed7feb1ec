// Stands in for the browser: a clock that moves when told to, and sockets that
// do what the test says.

/** Timers and time that pass only in advance(). */
export class Clock {
  time = 1_700_000_000_000;
  #timers = new Map();
  #nextID = 1;

  now = () => this.time;

  setTimeout = (action, delay) => {
    const id = this.#nextID;
    this.#nextID += 1;
    this.#timers.set(id, { action, due: this.time + delay });
    return id;
  };

  clearTimeout = (id) => {
    this.#timers.delete(id);
  };

  get pending() { return this.#timers.size; }

  /** Lets time pass, running what becomes due in its order. */
  advance(milliseconds) {
    const end = this.time + milliseconds;
    for (;;) {
      const [next] = [...this.#timers].filter(([, timer]) => timer.due <= end)
        .sort(([, a], [, b]) => a.due - b.due);
      if (!next) break;
      const [id, { action, due }] = next;
      this.#timers.delete(id);
      this.time = due;
      action();
    }
    this.time = end;
  }
}

/** Returns a WebSocket class whose sockets are collected in its `all`. */
export function fakeWebSocket() {
  return class FakeWebSocket extends EventTarget {
    static OPEN = 1;
    static all = [];
    static refusal = null;

    static get last() { return FakeWebSocket.all.at(-1); }

    readyState = 0;
    binaryType = 'blob';
    sent = [];
    closedWith = null;

    constructor(url, subprotocols) {
      super();
      if (FakeWebSocket.refusal) throw FakeWebSocket.refusal;
      this.url = url;
      this.subprotocols = subprotocols;
      this.protocol = subprotocols?.[0] ?? '';
      FakeWebSocket.all.push(this);
    }

    send(data) { this.sent.push(data); }

    close(...how) {
      this.closedWith = how;
      this.readyState = 2;
    }

    accept() {
      this.readyState = 1;
      this.dispatchEvent(new Event('open'));
    }

    deliver(data) {
      this.dispatchEvent(Object.assign(new Event('message'), { data }));
    }

    end(code, reason = '') {
      this.readyState = 3;
      this.dispatchEvent(Object.assign(new Event('close'), { code, reason }));
    }
  };
}

/** Puts fakes in the place of what Connection and Session ask of the browser, with chance always at its
 * highest, and returns them. */
export function fakePlatform() {
  const clock = new Clock();
  const { now, setTimeout, clearTimeout } = clock;
  const WebSocket = fakeWebSocket();
  Object.assign(globalThis, { WebSocket, setTimeout, clearTimeout });
  Object.assign(Date, { now });
  Object.assign(Math, { random: () => 0.999999 });
  Object.defineProperty(performance, 'now', { value: now, configurable: true });
  return { clock, WebSocket, now, setTimeout, clearTimeout };
}

/** Returns all entries of a log, oldest first. */
export function entriesOf(log) {
  return Array.from({ length: log.length }, (_, index) => log.entry(log.first + index));
}

/** Returns a storage such as the browser's. */
export function fakeStorage(kept = {}) {
  return Object.defineProperties(kept, {
    getItem: { value: (name) => kept[name] ?? null },
    setItem: { value: (name, value) => { kept[name] = String(value); } },
    removeItem: { value: (name) => { delete kept[name]; } },
  });
}

/** Returns an open session, its socket, its log and its clock. */
export function openSession({ Connection, Log, Session }) {
  const platform = fakePlatform();
  const connection = new Connection();
  const log = new Log();
  const session = new Session(connection, log);
  connection.connect({ url: 'ws://host/rpc', subprotocols: [] });
  platform.WebSocket.last.accept();
  return { platform, connection, log, session, socket: platform.WebSocket.last };
}
