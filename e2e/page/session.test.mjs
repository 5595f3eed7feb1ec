import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { Connection } from '../../resource/public/js/connection.js';
import { har, jsonLines } from '../../resource/public/js/export.js';
import { Log } from '../../resource/public/js/log.js';
import { callTimeout, Session } from '../../resource/public/js/session.js';
import { translator } from '../../resource/public/js/strings.js';
import { entriesOf, fakePlatform } from './fakes.mjs';

const t = translator('en');
const target = { url: 'ws://host/ws', subprotocols: [] };
let platform;
let connection;
let log;
let session;

const socket = () => platform.WebSocket.last;
const buffer = (...values) => new Uint8Array(values).buffer;
const events = () => entriesOf(log).filter((entry) => entry.kind === 'event')
  .map((entry) => [entry.tone, t(entry.message.key, entry.message.params)]);

function open() {
  connection.connect(target);
  socket().accept();
}

beforeEach(() => {
  platform = fakePlatform();
  connection = new Connection();
  log = new Log();
  session = new Session(connection, log);
});

describe('messages in the log', () => {
  test('text sent and echoed, with its size in bytes and its round trip', () => {
    open();
    assert.equal(session.send('你好'), true);
    platform.clock.advance(12);
    socket().deliver('你好');
    const [, sent, echo] = entriesOf(log);
    assert.deepEqual([sent.kind, sent.type, sent.text, sent.size], ['sent', 'text', '你好', 6]);
    assert.deepEqual([echo.kind, echo.type, echo.text, echo.roundTrip], ['echo', 'text', '你好', 12]);
    assert.deepEqual([session.sent, session.received, session.roundTrip], [1, 1, 12]);
  });

  test('binary goes out and comes back as bytes, and all of it is kept', () => {
    open();
    const data = Uint8Array.from({ length: 40 }, (_, index) => index);
    session.send(data);
    socket().deliver(data.slice().buffer);
    const [, sent, echo] = entriesOf(log);
    assert.deepEqual([sent.kind, echo.kind], ['sent', 'echo']);
    for (const entry of [sent, echo]) {
      assert.deepEqual([entry.type, entry.size, entry.bytes], ['binary', 40, data]);
    }
  });

  test('what was not sent before is received, not echoed', () => {
    open();
    socket().deliver('pushed');
    socket().deliver(buffer());
    assert.deepEqual(entriesOf(log).slice(1).map((entry) => [entry.kind, entry.size]), [['received', 6], ['received', 0]]);
    assert.equal(session.roundTrip, null);
  });

  test('a message of an earlier connection is no echo', () => {
    open();
    session.send('lost');
    socket().end(1006);
    connection.retryNow();
    socket().accept();
    socket().deliver('lost');
    assert.equal(entriesOf(log).at(-1).kind, 'received');
  });

  test('nothing is logged or counted that was not sent', () => {
    assert.equal(session.send('hello'), false);
    assert.deepEqual(entriesOf(log), []);
    assert.equal(session.sent, 0);
  });

  test('every message is counted once', () => {
    const kinds = [];
    session.addEventListener('message', ({ detail }) => kinds.push(detail.kind));
    open();
    session.send('a');
    socket().deliver('a');
    socket().deliver('b');
    assert.deepEqual(kinds, ['sent', 'echo', 'received']);
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
    connection.connect(target);
    socket().end(1006);
    connection.retryNow();
    socket().end(1006);
    assert.deepEqual(events(), [
      ['bad', 'Could not connect: the server is away, or refused the handshake.'],
    ]);
  });

  test('giving up, and failing anew, are told', () => {
    connection.connect(target);
    socket().end(1006);
    connection.disconnect();
    connection.connect(target);
    socket().end(1006);
    assert.deepEqual(events().map(([tone]) => tone), ['bad', 'plain', 'bad']);
  });

  test('giving up after a silent handshake is not another failure', () => {
    connection.connect(target);
    platform.clock.advance(10000);
    connection.disconnect();
    assert.deepEqual(events().map(([tone]) => tone), ['bad', 'plain']);
  });

  test('an address that is not allowed', () => {
    platform.WebSocket.refusal = new Error('no');
    connection.connect(target);
    assert.deepEqual(events(), [['bad', 'Could not connect: the browser does not allow this address.']]);
  });

  test('a page that was left, and come back to', () => {
    open();
    connection.leave();
    connection.retryNow();
    socket().accept();
    assert.deepEqual(events().slice(1).map(([tone, words]) => `${tone} ${words}`), [
      'plain You closed the connection: 1000, you left this page.', 'good Connected to ws://host/ws',
    ]);
  });

  test('a page that was come back to without its server', () => {
    open();
    connection.leave();
    for (let tries = 0; tries < 3; tries += 1) {
      connection.retryNow();
      socket().end(1006);
    }
    connection.disconnect();
    assert.deepEqual(events().slice(1).map(([, words]) => words), [
      'You closed the connection: 1000, you left this page.', 'Could not connect: the server is away, or refused the handshake.', 'Stopped trying to connect',
    ]);
  });

  test('a reason does not turn the words around it', () => {
    open();
    socket().end(1011, 'a\u202egpj.\u2069');
    assert.match(events().at(-1)[1], /“a\ufffdgpj\.\ufffd”/);
  });

  test('a reason is data: it is not read as a template', () => {
    open();
    socket().end(1011, '{code} <b>{meaning}</b>');
    assert.match(events().at(-1)[1], /“\{code\} <b>\{meaning\}<\/b>”/);
  });
});

describe('calls', () => {
  const call = '{"jsonrpc":"2.0","id":7,"method":"room.join"}';

  test('a reply is matched to its call, with its method and round trip', () => {
    open();
    session.send(call);
    platform.clock.advance(5);
    socket().deliver('{"jsonrpc":"2.0","id":7,"result":{}}');
    const [, sent, reply] = entriesOf(log);
    assert.deepEqual([sent.kind, sent.type, sent.method], ['sent', 'json', 'room.join']);
    assert.deepEqual([reply.kind, reply.method, reply.roundTrip, reply.isError], ['reply', 'room.join', 5, false]);
    assert.equal(session.roundTrip, 5);
  });

  test('an error is a reply too', () => {
    open();
    session.send(call);
    socket().deliver('{"jsonrpc":"2.0","id":7,"error":{"code":51,"message":"no"}}');
    assert.deepEqual([entriesOf(log)[2].kind, entriesOf(log)[2].isError], ['reply', true]);
  });

  test('promises settle with what the server says', async () => {
    open();
    const joined = session.call('room.join', { room: 'a' });
    const refused = session.call('room.join', { room: 'b' });
    const [first, second] = socket().sent.map((text) => JSON.parse(text));
    assert.deepEqual(first, { jsonrpc: '2.0', id: first.id, method: 'room.join', params: { room: 'a' } });
    socket().deliver(JSON.stringify({ jsonrpc: '2.0', id: second.id, error: { code: 61, message: 'not you' } }));
    socket().deliver(JSON.stringify({ jsonrpc: '2.0', id: first.id, result: { members: [] } }));
    assert.deepEqual(await joined, { members: [] });
    await assert.rejects(refused, { message: 'not you', cause: 'refused' });
  });

  test('a promise is refused, whatever the server says for words', async () => {
    open();
    for (const [error, message] of [[{ message: { toString: 0 } }, '{"toString":0}'], [{}, ''], ['no', ''], [7, '']]) {
      const refused = session.call('m');
      const { id } = JSON.parse(socket().sent.at(-1));
      socket().deliver(JSON.stringify({ jsonrpc: '2.0', id, error }));
      await assert.rejects(refused, { message, cause: 'refused' });
    }
  });

  test('a promise ends with its connection, and at once without one', async () => {
    await assert.rejects(session.call('early'), { cause: 'notOpen' });
    open();
    const lost = session.call('late');
    socket().end(1006);
    await assert.rejects(lost, { cause: 'notOpen' });
    assert.equal(platform.clock.pending, 1, 'the retry alone is waited for');
  });

  test('a promise ends without a reply, which is one all the same when it comes', async () => {
    open();
    const silent = session.call('slow');
    platform.clock.advance(callTimeout);
    await assert.rejects(silent, { cause: 'silent' });
    const { id } = JSON.parse(socket().sent[0]);
    socket().deliver(JSON.stringify({ jsonrpc: '2.0', id, result: 1 }));
    const { kind, method, roundTrip } = entriesOf(log).at(-1);
    assert.deepEqual([kind, method, roundTrip], ['reply', 'slow', callTimeout]);
  });

  test('notifications are told, replies and echoes are not', () => {
    const told = [];
    session.addEventListener('notification', ({ detail }) => told.push(detail.method));
    open();
    session.send(call);
    socket().deliver(call);
    socket().deliver('{"jsonrpc":"2.0","id":7,"result":1}');
    socket().deliver('{"jsonrpc":"2.0","method":"room.joined","params":{}}');
    assert.deepEqual(told, ['room.joined']);
  });
});

describe('signed messages', () => {
  const until = async (holds) => { while (!holds()) await new Promise(setImmediate); };

  /** Stands in for a signer: the first message takes longest. */
  function slowSigner() {
    const waiting = [];
    const sign = (data) => new Promise((resolve) => { waiting.push(() => resolve(`sealed ${data}`)); });
    return { sign, finish: () => { while (waiting.length > 0) waiting.pop()(); } };
  }

  test('they go out in their order, the log shows what is in them', async () => {
    const { sign, finish } = slowSigner();
    session.firstToken = 'secret';
    connection.connect({ ...target, sign });
    socket().accept();
    assert.deepEqual(['a', 'b'].map((data) => session.send(data)), [true, true]);
    assert.deepEqual([socket().sent, session.sent], [[], 0]);
    finish();
    await until(() => session.sent === 3);
    assert.match(socket().sent[0], /^sealed .*"method":"auth"/);
    assert.deepEqual(socket().sent.slice(1), ['sealed a', 'sealed b']);
    socket().deliver('b');
    const rows = entriesOf(log).slice(2).map(({ kind, text, isSigned }) => [kind, text, isSigned]);
    assert.deepEqual(rows, [['sent', 'a', true], ['sent', 'b', true], ['echo', 'b', undefined]]);
  });

  test('what was not signed before the end is not sent, and its call fails', async () => {
    const { sign, finish } = slowSigner();
    connection.connect({ ...target, sign });
    socket().accept();
    const call = session.call('late');
    const [lost] = platform.WebSocket.all;
    lost.end(1006);
    connection.retryNow();
    socket().accept();
    finish();
    await assert.rejects(call, { cause: 'notOpen' });
    session.send('again');
    finish();
    await until(() => session.sent === 1);
    assert.deepEqual([lost.sent, socket().sent], [[], ['sealed again']]);
  });

  test('one that cannot be signed keeps no other back', async () => {
    const sign = (data) => (data === 'huge' ? Promise.reject(new RangeError('too long')) : Promise.resolve(`sealed ${data}`));
    connection.connect({ ...target, sign });
    socket().accept();
    for (const data of ['a', 'huge', 'b']) session.send(data);
    await until(() => session.sent === 2);
    assert.deepEqual(socket().sent, ['sealed a', 'sealed b']);
  });

  test('without a signer they go as they are', () => {
    open();
    session.send('plain');
    assert.deepEqual([socket().sent, entriesOf(log)[1].isSigned], [['plain'], false]);
  });
});

describe('a token as first message', () => {
  test('it goes first on every connection, and never into the log', () => {
    session.firstToken = 'secret';
    open();
    socket().end(1006);
    connection.retryNow();
    socket().accept();
    for (const { sent } of platform.WebSocket.all) {
      const { method, params } = JSON.parse(sent[0]);
      assert.deepEqual([method, params], ['auth', { token: 'secret' }]);
    }
    assert.ok(!JSON.stringify(entriesOf(log)).includes('secret'));
  });

  test('a server that sends it back does not bring it into the log', () => {
    session.firstToken = 'secret';
    open();
    socket().deliver(socket().sent[0]);
    assert.equal(entriesOf(log).at(-1).kind, 'echo');
    assert.ok(!JSON.stringify(entriesOf(log)).includes('secret'));
  });

  test('its answer is the reply to auth', () => {
    session.firstToken = 'secret';
    open();
    const { id } = JSON.parse(socket().sent[0]);
    socket().deliver(JSON.stringify({ jsonrpc: '2.0', id, result: { user: '42' } }));
    assert.deepEqual([entriesOf(log).at(-1).kind, entriesOf(log).at(-1).method], ['reply', 'auth']);
  });
});

describe('a token of the handshake', () => {
  test('is not in the log, whichever way it went', () => {
    connection.connect({ url: 'ws://ann:SECRET@host/ws?a=1&access_token=SECRET', subprotocols: ['bearer.SECRET'] });
    socket().accept();
    session.send('x');
    const written = jsonLines(entriesOf(log), ({ message }) => t(message.key, message.params)) + har(entriesOf(log), '');
    assert.doesNotMatch(written, /SECRET/);
    assert.match(written, /Connected to ws:\/\/host\/ws\?a=1 with bearer\.…/);
  });
});
