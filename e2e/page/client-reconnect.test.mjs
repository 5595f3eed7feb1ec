import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ClosedError, Client, ConnectionError, DroppedError, isTerminal, LostError } from '../../resource/client/client.js';
import { waitBefore } from '../../resource/client/reconnect.js';
import { connected, Server, watch } from './client-peers.mjs';

async function joined({ client, session }, room) {
  const done = client.join(room);
  session.reply(await session.expect('room.join'), { members: [], history: [] });
  return done;
}

test('a server that is killed and comes back finds its client as it was', async (t) => {
  const c = await connected(t);
  const { client, server, time, told, until } = c;
  assert.deepEqual(await joined(c, 'a'), { members: [], history: [] });
  await joined(c, 'b');
  await joined(c, 'c');
  const left = client.leave('c');
  c.session.reply(await c.session.expect('room.leave'), {});
  await left;
  const lost = client.call('lost');
  await c.session.expect('lost');

  await server.kill();
  await assert.rejects(lost, (error) => error instanceof LostError && error.cause.code === 1006);
  const waiting = await until('waiting');
  assert.equal(waiting.attempt, 1);
  assert.equal(waiting.next.getTime(), time.platform.now() + 199);
  assert.ok(waiting.error instanceof ConnectionError);
  client.notify('later', [1]);

  await server.start();
  await time.fire(199);
  const session = await server.accept();
  const [a, b] = [await session.expect('room.join'), await session.expect('room.join')];
  assert.deepEqual([a.params.room, b.params.room], ['a', 'b']);
  assert.equal(client.state.phase, 'connecting');
  session.fail(b, { code: 4403, message: 'not yours' });
  session.reply(a, { members: [], history: [1] });
  const outcomes = [await told.rejoin.take('a room'), await told.rejoin.take('a room')];
  assert.deepEqual(outcomes.map(({ room, error }) => [room, error?.message]), [['b', 'not yours'], ['a', undefined]]);
  assert.deepEqual((await session.expect('later')).params, [1]);
  assert.deepEqual(client.rooms, ['a']);
  assert.equal((await until('open')).attempt, 2);
});

test('of a join and a leave at once the last counts, whenever the answers come', async (t) => {
  const c = await connected(t);
  const { client, told, server, time } = c;
  let { session } = c;
  const ends = [client.join('left'), client.leave('left'), client.join('joined'), client.leave('joined'), client.join('joined')];
  const calls = [];
  while (calls.length < ends.length) calls.push(await session.next());
  for (const call of calls) session.reply(call, { members: [], history: [] });
  await Promise.all(ends);
  assert.deepEqual(client.rooms, ['joined']);
  session.socket.terminate();
  await time.fire(199);
  session = await server.accept();
  session.reply(await session.expect('room.join'), { members: [], history: [] });
  assert.equal((await told.rejoin.take('a room')).room, 'joined');
});

test('the waits are random and double up to the highest', () => {
  const backoff = { min: 200, max: 20000 };
  const ceilings = [1, 2, 3, 4, 5, 6, 7, 8, 9, 2000].map((n) => waitBefore(n, backoff, () => 0.5) * 2);
  assert.deepEqual(ceilings, [200, 400, 800, 1600, 3200, 6400, 12800, 20000, 20000, 20000]);
  assert.equal(waitBefore(5, backoff, () => 0), 0);
});

test('failures are forgotten after a stable connection only', async (t) => {
  const { server, session, time, until } = await connected(t);
  await until('open');
  session.socket.terminate();
  await time.fire(199);
  const second = await server.accept();
  await until('open');
  second.socket.close(1012);
  await time.fire(399);
  const third = await server.accept();
  await until('open');
  time.advance(10000);
  third.socket.close(1012);
  await time.fire(199);
  await server.accept();
});

test('terminal codes end the client, others do not', async (t) => {
  for (const code of [1000, 1002, 1003, 1007, 1008, 1009, 1010, 4401, 4403]) {
    assert.ok(isTerminal(code), code);
    const { client, session, until } = await connected(t);
    session.socket.close(code, 'because');
    const { error } = await until('closed');
    assert.deepEqual([error.code, error.reason], [code, 'because']);
    await assert.rejects(client.call('m'), (closed) => closed instanceof ClosedError && closed.cause === error);
  }
  for (const code of [1001, 1011, 1012, 1013, 1014, 3000, 4000, 4999]) {
    assert.ok(!isTerminal(code), code);
    const { session, server, time } = await connected(t);
    session.socket.close(code);
    await time.fire(199);
    await server.accept();
  }
});

test('what the browser does not even try ends the client', async (t) => {
  const { client } = watch(t, 'ws://127.0.0.1:1/', { subprotocols: ['a b'] });
  await assert.rejects(client.connect(), ClosedError);
  await assert.rejects(client.connect(), ClosedError);
});

test('a server that is not there is tried again', async (t) => {
  const server = await new Server().start();
  t.after(() => server.kill());
  const { client, time, until } = watch(t, server.url);
  await server.kill();
  const connecting = client.connect();
  await until('waiting');
  await server.start();
  await time.fire(199);
  await connecting;
});

test('a handshake, or a room, that is not answered is given up', async (t) => {
  const c = await connected(t);
  await joined(c, 'a');
  c.session.socket.terminate();
  await c.time.fire(199);
  const silent = await c.server.accept();
  await silent.expect('room.join');
  await c.time.fire(10000);
  assert.match((await c.until('waiting')).error.message + (await c.until('waiting')).error.message, /not answered in time/);
});

test('a server that gives no sign of life is left', async (t) => {
  const { client, session, time, until } = await connected(t);
  await until('open');
  await time.fire(25000);
  session.fail(await session.expect('$/ping'), { code: -32601, message: 'no such method' });
  const later = client.call('later');
  session.reply(await session.expect('later'), null);
  await later;
  await time.fire(10000);
  await time.fire(15000);
  await session.expect('$/ping');
  await time.fire(10000);
  assert.match((await until('waiting')).error.message, /no sign of life/);
});

for (const [policy, expected, dropped] of [['refuse', [[1], [2]], []], ['drop-oldest', [[2], [3]], [[1]]], ['off', [], []]]) {
  test(`the queue is bounded, by the policy ${policy}`, async (t) => {
    const { client, server, session, time, told, until } = await connected(t, { queue: { messages: 2, policy } });
    await until('open');
    session.socket.terminate();
    await until('waiting');
    const refused = [1, 2, 3].filter((n) => {
      try {
        client.notify('n', [n]);
        return false;
      } catch (error) {
        return error instanceof DroppedError;
      }
    });
    assert.equal(refused.length, 3 - expected.length - dropped.length);
    for (const params of dropped) {
      assert.deepEqual(await told.drop.take('a drop'), { method: 'n', params, incoming: false });
    }
    await time.fire(199);
    const next = await server.accept();
    for (const params of expected) assert.deepEqual((await next.expect('n')).params, params);
    await until('open');
    client.notify('last');
    await next.expect('last');
  });
}

test('a call that is dropped, or left at the end, fails', async (t) => {
  const { client, session, until } = await connected(t, { queue: { messages: 1, policy: 'drop-oldest' } });
  await until('open');
  session.socket.terminate();
  await until('waiting');
  const dropped = client.call('first');
  const left = client.call('second');
  await assert.rejects(dropped, DroppedError);
  client.close();
  await assert.rejects(left, ClosedError);
});

test('the queue is bounded in bytes', async (t) => {
  const { client, session, until } = await connected(t, { queue: { bytes: 500 } });
  await until('open');
  session.socket.terminate();
  await until('waiting');
  client.notify('n', ['x'.repeat(300)]);
  assert.throws(() => client.notify('n', ['é'.repeat(100)]), DroppedError);
});

test('options that cannot be meant are refused', () => {
  for (const options of [{ retries: 3 }, { tokenIn: 'header' }, { token: () => 't', tokenIn: 'subprotocol' }, { queue: { policy: 'wait' } }]) {
    assert.throws(() => new Client('ws://127.0.0.1/', options), TypeError);
  }
});
