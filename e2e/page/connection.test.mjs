import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { closeTimeout, Connection, firstDelay, handshakeTimeout, longestDelay, retryDelay, stableAfter } from '../../resource/public/js/connection.js';
import { fakePlatform } from './fakes.mjs';

const target = { url: 'ws://127.0.0.1:8199/ws', subprotocols: ['v1'] };
let platform;
let connection;
let states;

const socket = () => platform.WebSocket.last;
const socketCount = () => platform.WebSocket.all.length;

function open() {
  connection.connect(target);
  socket().accept();
}

beforeEach(() => {
  platform = fakePlatform();
  connection = new Connection();
  states = [];
  connection.addEventListener('change', () => states.push(connection.state));
});

describe('connecting', () => {
  test('it is closed until told to connect', () => {
    assert.equal(connection.state, 'closed');
    assert.equal(connection.close, null);
    assert.equal(socketCount(), 0);
  });

  test('it goes over connecting to open', () => {
    open();
    assert.deepEqual(states, ['connecting', 'open']);
    assert.equal(socket().url, target.url);
    assert.deepEqual(socket().subprotocols, ['v1']);
    assert.equal(socket().binaryType, 'arraybuffer');
    assert.equal(connection.since, platform.clock.time);
    assert.equal(platform.clock.pending, 0, 'an open connection needs no timer');
  });

  test('connecting again makes no second socket', () => {
    connection.connect(target);
    connection.connect(target);
    socket().accept();
    connection.connect(target);
    assert.equal(socketCount(), 1);
  });

  test('a handshake without an answer is given up', () => {
    connection.connect(target);
    const silent = socket();
    platform.clock.advance(handshakeTimeout - 1);
    assert.equal(connection.state, 'connecting');
    platform.clock.advance(1);
    assert.equal(connection.state, 'waiting');
    assert.equal(connection.close.cause, 'silent');
    assert.deepEqual(silent.closedWith, []);
  });

  test('an address that the browser forbids is not tried again', () => {
    platform.WebSocket.refusal = new SyntaxError('no');
    connection.connect(target);
    assert.equal(connection.state, 'closed');
    assert.equal(connection.close.cause, 'forbidden');
    assert.equal(platform.clock.pending, 0);
  });
});

describe('messages', () => {
  test('text and bytes are sent and received while open', () => {
    const received = [];
    connection.addEventListener('message', (event) => received.push(event.detail));
    open();
    const bytes = new Uint8Array([1, 2]);
    assert.equal(connection.send('text'), true);
    assert.equal(connection.send(''), true);
    assert.equal(connection.send(bytes), true);
    socket().deliver('back');
    assert.deepEqual(socket().sent, ['text', '', bytes]);
    assert.deepEqual(received, ['back']);
  });

  test('nothing is sent in any other state', () => {
    assert.equal(connection.send('closed'), false);
    connection.connect(target);
    assert.equal(connection.send('connecting'), false);
    socket().accept();
    connection.disconnect();
    assert.equal(connection.send('closing'), false);
    socket().end(1000);
    assert.equal(connection.send('closed again'), false);
    assert.deepEqual(socket().sent, []);
  });

  test('nothing is sent into a socket that closes already', () => {
    open();
    socket().readyState = 2;
    assert.equal(connection.send('too late'), false);
    assert.deepEqual(socket().sent, []);
  });
});

describe('the server goes away', () => {
  test('it waits, and comes back by itself', () => {
    open();
    socket().end(1006);
    assert.equal(connection.state, 'waiting');
    assert.deepEqual(connection.close, { code: 1006, reason: '', wasOpen: true, byUs: false });
    assert.equal(connection.retryAt, platform.clock.time + 1500);
    platform.clock.advance(1499);
    assert.equal(socketCount(), 1);
    platform.clock.advance(1);
    assert.equal(socketCount(), 2);
    assert.equal(connection.state, 'connecting');
    socket().accept();
    assert.equal(connection.state, 'open');
  });

  test('it waits longer after each failure', () => {
    connection.connect(target);
    const waits = [1, 2, 3, 4, 5, 6].map(() => {
      socket().end(1006);
      const wait = connection.retryAt - platform.clock.time;
      platform.clock.advance(wait);
      return wait;
    });
    assert.deepEqual(waits, [1500, 3000, 6000, 12000, 15000, 15000]);
    assert.equal(connection.failures, 6);
  });

  test('a server that accepts and closes at once is not hammered', () => {
    connection.connect(target);
    const waits = [1, 2, 3].map(() => {
      socket().accept();
      platform.clock.advance(stableAfter - 1);
      socket().end(1013);
      const wait = connection.retryAt - platform.clock.time;
      platform.clock.advance(wait);
      return wait;
    });
    assert.deepEqual(waits, [1500, 3000, 6000]);
  });

  test('a connection that held makes the next wait short again', () => {
    connection.connect(target);
    for (let tries = 0; tries < 4; tries += 1) {
      socket().end(1006);
      platform.clock.advance(15000);
    }
    socket().accept();
    platform.clock.advance(stableAfter);
    socket().end(1001, 'bye');
    assert.equal(connection.retryAt - platform.clock.time, 1500);
    assert.equal(connection.close.reason, 'bye');
  });

  for (const code of [1000, 1008, 4001]) {
    test(`after ${code} it stays closed`, () => {
      open();
      socket().end(code, 'enough');
      assert.equal(connection.state, 'closed');
      assert.deepEqual(connection.close, { code, reason: 'enough', wasOpen: true, byUs: false });
      assert.equal(platform.clock.pending, 0);
    });
  }
});

describe('trying at once', () => {
  for (const method of ['retryNow', 'connect']) {
    test(`${method} cuts the wait short, with one socket`, () => {
      open();
      socket().end(1006);
      connection[method](target);
      assert.equal(connection.state, 'connecting');
      platform.clock.advance(5000);
      assert.equal(socketCount(), 2);
    });
  }

  test('retryNow leaves alone what is not waiting', () => {
    connection.retryNow();
    assert.equal(socketCount(), 0);
    open();
    connection.retryNow();
    assert.equal(socketCount(), 1);
  });
});

describe('disconnecting', () => {
  test('an open connection closes with 1000 and stays closed', () => {
    open();
    connection.disconnect();
    assert.equal(connection.state, 'closing');
    assert.deepEqual(socket().closedWith, [1000]);
    socket().end(1000);
    assert.equal(connection.state, 'closed');
    assert.equal(connection.close.byUs, true);
    assert.equal(platform.clock.pending, 0);
  });

  test('a server that does not answer the close is left', () => {
    open();
    connection.disconnect();
    platform.clock.advance(closeTimeout);
    assert.equal(connection.state, 'closed');
    assert.equal(connection.close.cause, 'unanswered');
  });

  test('a handshake is dropped, and what it says later is not heard', () => {
    connection.connect(target);
    const dropped = socket();
    connection.disconnect();
    assert.equal(connection.state, 'closed');
    dropped.accept();
    dropped.deliver('late');
    dropped.end(1006);
    assert.deepEqual(states, ['connecting', 'closed']);
    assert.equal(platform.clock.pending, 0);
  });

  test('waiting ends for good', () => {
    open();
    socket().end(1006);
    connection.disconnect();
    platform.clock.advance(60000);
    assert.equal(connection.state, 'closed');
    assert.equal(socketCount(), 1);
  });

  test('connecting after that starts afresh', () => {
    connection.connect(target);
    for (let tries = 0; tries < 5; tries += 1) {
      socket().end(1006);
      platform.clock.advance(15000);
    }
    connection.disconnect();
    connection.connect(target);
    assert.equal(connection.failures, 0);
    socket().end(1006);
    assert.equal(connection.retryAt - platform.clock.time, 1500);
  });

  test('a closed connection stays as it is', () => {
    connection.disconnect();
    assert.deepEqual(states, []);
  });
});

describe('without reconnecting', () => {
  test('a loss is the end', () => {
    connection.reconnects = false;
    open();
    socket().end(1006);
    assert.equal(connection.state, 'closed');
    assert.equal(platform.clock.pending, 0);
  });

  test('another address is another connection', () => {
    open();
    connection.disconnect();
    socket().end(1000);
    connection.connect({ url: 'wss://other/', subprotocols: [] });
    assert.equal(socket().url, 'wss://other/');
    assert.equal(connection.url, 'wss://other/');
  });
});

describe('leaving the page', () => {
  test('an open connection is closed, and there again with the page', () => {
    open();
    const left = socket();
    connection.leave();
    assert.deepEqual([left.closedWith, connection.state], [[], 'waiting']);
    assert.deepEqual(connection.close, { code: 1000, reason: '', cause: 'left', wasOpen: true, byUs: true });
    connection.retryNow();
    socket().accept();
    assert.equal(connection.state, 'open');
  });

  test('also where it does not reconnect by itself', () => {
    connection.reconnects = false;
    open();
    connection.leave();
    assert.equal(connection.state, 'waiting');
  });

  test('what is not open stays as it is', () => {
    connection.leave();
    connection.connect(target);
    connection.leave();
    assert.deepEqual(states, ['connecting']);
  });
});

describe('the wait', () => {
  const delayBy = (chance, failures) => {
    Math.random = () => chance;
    return retryDelay(failures);
  };

  test('the delay doubles up to its limit', async (t) => {
    const cases = [
      { failures: 0, from: 750, to: 1500 },
      { failures: 1, from: 750, to: 1500 },
      { failures: 2, from: 1500, to: 3000 },
      { failures: 3, from: 3000, to: 6000 },
      { failures: 4, from: 6000, to: 12000 },
      { failures: 5, from: 7500, to: 15000 },
      { failures: 1000, from: 7500, to: 15000 },
      { failures: 1e6, from: 7500, to: 15000 },
    ];
    for (const { failures, from, to } of cases) {
      await t.test(`${failures} failures`, () => {
        assert.equal(delayBy(0, failures), from);
        assert.equal(delayBy(0.999999, failures), to);
      });
    }
  });

  test('chance spreads it', () => {
    const delays = Array.from({ length: 500 }, (_, index) => delayBy(index / 500, 1));
    assert.ok(delays.every((delay) => delay >= firstDelay / 2 && delay <= firstDelay));
    assert.ok(new Set(delays).size > 100, 'the delays hardly differ');
    assert.ok(delayBy(0.999999, 9) <= longestDelay);
  });
});
