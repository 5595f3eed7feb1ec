import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { Connection } from '../../resource/public/js/connection.js';
import { Log } from '../../resource/public/js/log.js';
import { messageLimit, Rooms } from '../../resource/public/js/rooms.js';
import { Session } from '../../resource/public/js/session.js';
import { openSession } from './fakes.mjs';

let socket;
let rooms;

const said = (seq, text, room = 'lobby') => ({ jsonrpc: '2.0', method: 'room.message', params: { room, seq, session: 's2', user: 'bo', text, time: 'T' } });
const deliver = (message) => socket.deliver(JSON.stringify(message));
const answer = (body) => deliver({ jsonrpc: '2.0', id: JSON.parse(socket.sent.at(-1)).id, ...body });

async function join(name, result) {
  const joined = rooms.join(name);
  answer({ result });
  await joined;
}

beforeEach(() => {
  const opened = openSession({ Connection, Log, Session });
  ({ socket } = opened);
  rooms = new Rooms(opened.session);
});

test('joining brings members and history', async () => {
  await join('lobby', { session: 's1', members: [{ session: 's1', user: 'al' }], history: [said(1, 'before').params] });
  assert.equal(rooms.get('lobby').own, 's1');
  assert.deepEqual(rooms.names, ['lobby']);
  assert.deepEqual([...rooms.get('lobby').members.values()], [{ session: 's1', user: 'al' }]);
  assert.deepEqual([...rooms.get('lobby').messages].map(({ text }) => text), ['before']);
});

test('what is no member and no message is left out', async () => {
  await join('lobby', { members: [null, 1, { session: 's1' }], history: [null, 'x'] });
  assert.equal(rooms.get('lobby').members.size, 1);
  assert.equal(rooms.get('lobby').messages.length, 0);
  await join('lobby', { members: 'none', history: 5 });
  assert.equal(rooms.get('lobby').members.size, 0);
});

test('the rooms of one address are not asked for at another', async () => {
  rooms.rejoin('ws://one/rpc');
  await join('lobby', {});
  const before = socket.sent.length;
  rooms.rejoin('ws://one/rpc');
  assert.equal(socket.sent.length, before + 1);
  answer({ result: {} });
  rooms.rejoin('ws://two/rpc');
  assert.deepEqual([rooms.names, socket.sent.length], [[], before + 1]);
});

test('what happens in a room is seen, elsewhere not', async () => {
  await join('lobby', {});
  let changes = 0;
  rooms.addEventListener('change', () => { changes += 1; });
  deliver({ jsonrpc: '2.0', method: 'room.joined', params: { room: 'lobby', session: 's2', user: 'bo', first: true } });
  deliver(said(1, 'hello'));
  deliver(said(1, 'hello'));
  deliver(said(1, 'not here', 'other'));
  assert.equal(rooms.get('lobby').members.size, 1);
  deliver({ jsonrpc: '2.0', method: 'room.left', params: { room: 'lobby', session: 's2', user: 'bo', last: true } });
  const { members, messages } = rooms.get('lobby');
  assert.equal(members.size, 0);
  assert.deepEqual([...messages].map(({ event, text }) => event ?? text), ['room.joined', 'hello', 'room.left']);
  assert.equal(changes, 4);
});

test('a room that refuses is not joined', async () => {
  const joined = rooms.join('secret');
  answer({ error: { code: 61, message: 'not for you' } });
  await assert.rejects(joined, /not for you/);
  assert.deepEqual(rooms.names, []);
});

test('saying and leaving are calls', async () => {
  await join('lobby', {});
  const saying = rooms.say('lobby', 'hi');
  assert.deepEqual(JSON.parse(socket.sent.at(-1)).params, { room: 'lobby', text: 'hi' });
  answer({ result: { seq: 1 } });
  assert.deepEqual(await saying, { seq: 1 });
  const leaving = rooms.leave('lobby');
  answer({ result: {} });
  await leaving;
  assert.equal(rooms.get('lobby'), undefined);
});

test('a new connection joins again', async () => {
  await join('a', {});
  const before = socket.sent.length;
  const again = rooms.rejoin();
  assert.equal(JSON.parse(socket.sent[before]).method, 'room.join');
  answer({ error: { code: 1, message: 'gone' } });
  await again;
});

test('what a server sends amiss does no harm', async () => {
  await join('lobby', { members: null, history: undefined });
  for (const params of [null, undefined, 7, 'x', [], {}, { room: null }, { room: 'lobby' }]) deliver({ jsonrpc: '2.0', method: 'room.message', params });
  for (let seq = 0; seq < messageLimit + 10; seq += 1) deliver(said(seq, 'x'));
  assert.equal(rooms.get('lobby').messages.length, messageLimit);
});
