import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { Connection } from '../../resource/public/js/connection.js';
import { Log } from '../../resource/public/js/log.js';
import { previewBytes, Session } from '../../resource/public/js/session.js';
import { translator } from '../../resource/public/js/strings.js';
import { fakePlatform } from './fakes.mjs';

const t = translator('en');
let platform;
let connection;
let log;
let session;

const socket = () => platform.WebSocket.last;
const buffer = (...values) => new Uint8Array(values).buffer;
const events = () => log.entries.filter((entry) => entry.kind === 'event')
  .map((entry) => [entry.tone, t(entry.message.key, entry.message.params)]);

function open() {
  connection.connect();
  socket().accept();
}

beforeEach(() => {
  platform = fakePlatform();
  connection = new Connection('ws://host/ws', platform);
  log = new Log(platform.now);
  session = new Session(connection, log, platform.now);
});

describe('messages in the log', () => {
  test('text sent and echoed, with its size in bytes and its round trip', () => {
    open();
    assert.equal(session.send('text', '你好'), true);
    platform.clock.advance(12);
    socket().deliver('你好');
    const [, sent, echo] = log.entries;
    assert.deepEqual([sent.kind, sent.type, sent.text, sent.size], ['sent', 'text', '你好', 6]);
    assert.deepEqual([echo.kind, echo.type, echo.text, echo.roundTrip], ['echo', 'text', '你好', 12]);
    assert.deepEqual([session.sent, session.received, session.roundTrip], [1, 1, 12]);
  });

  test('binary goes out as the bytes of the text, and only its start is kept', () => {
    open();
    const text = 'a'.repeat(previewBytes + 1);
    session.send('binary', text);
    const [data] = socket().sent;
    assert.ok(data instanceof Uint8Array);
    assert.equal(new TextDecoder().decode(data), text);
    socket().deliver(data.slice().buffer);
    const [, sent, echo] = log.entries;
    for (const entry of [sent, echo]) {
      assert.equal(entry.type, 'binary');
      assert.equal(entry.size, previewBytes + 1);
      assert.equal(entry.preview.length, previewBytes);
    }
    assert.equal(echo.kind, 'echo');
  });

  test('what was not sent before is received, not echoed', () => {
    open();
    socket().deliver('pushed');
    socket().deliver(buffer());
    assert.deepEqual(log.entries.slice(1).map((entry) => [entry.kind, entry.size]), [['received', 6], ['received', 0]]);
    assert.equal(session.roundTrip, null);
  });

  test('a message of an earlier connection is no echo', () => {
    open();
    session.send('text', 'lost');
    socket().end(1006);
    connection.retryNow();
    socket().accept();
    socket().deliver('lost');
    assert.equal(log.entries.at(-1).kind, 'received');
  });

  test('nothing is logged or counted that was not sent', () => {
    assert.equal(session.send('text', 'hello'), false);
    assert.deepEqual(log.entries, []);
    assert.equal(session.sent, 0);
  });

  test('every message is counted once', () => {
    let counts = 0;
    session.addEventListener('count', () => { counts += 1; });
    open();
    session.send('text', 'a');
    socket().deliver('a');
    assert.equal(counts, 2);
  });
});

describe('events in the log', () => {
  test('opened, and closed by the server with its reason', () => {
    open();
    socket().end(1001, 'update');
    assert.deepEqual(events(), [
      ['good', 'Connected to ws://host/ws'],
      ['bad', 'Closed: 1001, going away, the server is shutting down. (“update”)'],
    ]);
  });

  test('closed by the user', () => {
    open();
    connection.disconnect();
    socket().end(1000);
    assert.deepEqual(events().at(-1), ['plain', 'You closed the connection: 1000, normal closure, both sides are done.']);
  });

  test('of a row of failed tries one is told, and the return', () => {
    open();
    socket().end(1006);
    for (let tries = 0; tries < 5; tries += 1) {
      connection.retryNow();
      socket().end(1006);
    }
    connection.retryNow();
    socket().accept();
    socket().end(1006);
    assert.deepEqual(events().map(([tone]) => tone), ['good', 'bad', 'good', 'bad']);
  });

  test('a server that was never there', () => {
    connection.connect();
    socket().end(1006);
    connection.retryNow();
    socket().end(1006);
    assert.deepEqual(events(), [
      ['bad', 'Could not connect: the server is not running, cannot be reached, or refused the handshake.'],
    ]);
  });

  test('giving up, and failing anew, are told', () => {
    connection.connect();
    socket().end(1006);
    connection.disconnect();
    connection.connect();
    socket().end(1006);
    assert.deepEqual(events().map(([tone]) => tone), ['bad', 'plain', 'bad']);
  });

  test('giving up after a silent handshake is not another failure', () => {
    connection.connect();
    platform.clock.advance(10000);
    connection.disconnect();
    assert.deepEqual(events().map(([tone]) => tone), ['bad', 'plain']);
  });

  test('an address that is not allowed', () => {
    platform.WebSocket.refusal = new Error('no');
    connection.connect();
    assert.deepEqual(events(), [['bad', 'Could not connect: the browser does not allow this address.']]);
  });

  test('a reason is data: it is not read as a template', () => {
    open();
    socket().end(1011, '{code} <b>{meaning}</b>');
    assert.match(events().at(-1)[1], /“\{code\} <b>\{meaning\}<\/b>”/);
  });
});
