import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import * as exported from '../../resource/client/client.js';
import { ClosedError, Code, LostError, RpcError } from '../../resource/client/client.js';
import { connected } from './client-peers.mjs';

test('a call gets its result, and calls at once each their own', async (t) => {
  const { client, session } = await connected(t);
  const results = [1, 2, 3].map((n) => client.call('echo', [n]));
  const calls = [await session.next(), await session.next(), await session.next()];
  for (const call of calls.toReversed()) session.reply(call, call.params[0]);
  assert.deepEqual(await Promise.all(results), [1, 2, 3]);
});

test('a call fails with the error of the server', async (t) => {
  const { client, session } = await connected(t);
  const result = client.call('say');
  session.fail(await session.expect('say'), { code: 51, message: 'too long', data: { text: 'max' } });
  await assert.rejects(result, (error) => {
    assert.ok(error instanceof RpcError);
    assert.deepEqual([error.code, error.message, error.data], [51, 'too long', { text: 'max' }]);
    return true;
  });
});

test('params are an object or an array', async (t) => {
  const { client } = await connected(t);
  for (const params of [1, 'text', true]) {
    assert.throws(() => client.notify('m', params), TypeError);
    await assert.rejects(client.call('m', params), TypeError);
  }
});

test('a call that is given up is cancelled at the server', async (t) => {
  const { client, session, told, time } = await connected(t);
  const abort = new AbortController();
  const aborted = client.call('slow', undefined, { signal: abort.signal });
  const call = await session.expect('slow');
  abort.abort(new Error('enough'));
  await assert.rejects(aborted, /enough/);
  assert.deepEqual((await session.expect('$/cancel')).params, { id: call.id });
  session.reply(call, 1);

  const late = client.call('slow', undefined, { timeout: 5000 });
  await session.expect('slow');
  await time.fire(5000);
  await assert.rejects(late, { name: 'TimeoutError' });
  await session.expect('$/cancel');
  await assert.rejects(client.call('never', undefined, { signal: abort.signal }), /enough/);
  assert.equal(told.error.size, 0);
});

test('notifications of one method keep their order, whatever their handler does', async (t) => {
  const { client, session } = await connected(t);
  const got = [];
  const all = new Promise((resolve) => {
    client.on('n', async ([n]) => {
      if (n === 0) assert.equal(await client.call('name'), 'gfws');
      got.push(n);
      if (n === 9) resolve();
    });
  });
  const other = new Promise((resolve) => { client.on('other', resolve); });
  for (let n = 0; n < 10; n++) session.send({ method: 'n', params: [n] });
  session.send({ method: 'other' });
  await other;
  session.reply(await session.expect('name'), 'gfws');
  await all;
  assert.deepEqual(got, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test('calls of the server are answered', async (t) => {
  const { client, session, told } = await connected(t);
  client.handle('add', ([a, b]) => a + b);
  client.handle('nothing', () => {});
  client.handle('own', () => { throw new RpcError(7, 'mine', [1]); });
  client.handle('fails', () => { throw new Error('secret'); });
  const ask = async (method, params) => {
    session.send({ id: 'x', method, params });
    const { id, result, error } = await session.next();
    assert.equal(id, 'x');
    return error ?? result;
  };
  assert.equal(await ask('add', [1, 2]), 3);
  assert.equal(await ask('nothing'), null);
  assert.deepEqual(await ask('own'), { code: 7, message: 'mine', data: [1] });
  assert.deepEqual(await ask('fails'), { code: Code.INTERNAL_ERROR, message: 'internal error' });
  assert.equal((await told.error.take('the fault')).message, 'secret');
  assert.equal((await ask('none')).code, Code.METHOD_NOT_FOUND);
});

test('a call of the server ends when it is cancelled, or the connection lost', async (t) => {
  const { client, session } = await connected(t);
  const begun = [];
  client.handle('slow', (_, { signal }) => new Promise((resolve) => {
    begun.push(signal);
    if (signal.aborted) resolve('ended'); // cancelled before it ran
    signal.addEventListener('abort', () => resolve('ended'));
  }));
  session.send({ id: 1, method: 'slow' });
  session.send({ method: '$/cancel', params: { id: 1 } });
  assert.equal((await session.next()).result, 'ended');
  session.send({ id: 2, method: 'slow' });
  const lost = client.call('lost');
  await session.expect('lost');
  session.socket.terminate();
  await assert.rejects(lost, LostError);
  assert.ok(begun[1].aborted);
});

test('more than may be handled at once is refused, and told', async (t) => {
  const { client, session, told } = await connected(t, { maxIncoming: 1 });
  let release;
  client.handle('slow', () => new Promise((resolve) => { release = resolve; }));
  client.on('n', () => assert.fail('there was no room'));
  session.send({ id: 1, method: 'slow' });
  session.send({ id: 2, method: 'slow' });
  assert.equal((await session.next()).error.code, Code.BUSY);
  session.send({ method: 'n', params: [1] });
  assert.deepEqual(await told.drop.take('the drop'), { method: 'n', params: [1], incoming: true });
  release('done');
  assert.equal((await session.next()).result, 'done');
});

test('what a server should never send harms nothing else', async (t) => {
  const { client, session, told } = await connected(t);
  const wrong = ['no json', '1', 'null', '{}', '{"jsonrpc":"2.0","id":99,"result":1}', '{"jsonrpc":"2.0","id":"1","result":1}',
    '{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"bad json"}}', '{"jsonrpc":"2.0","method":1}'];
  for (const text of wrong) {
    session.send(text);
    assert.ok(await told.error.take(`the error for ${text}`), text);
  }
  const broken = client.call('m');
  session.send({ ...await session.expect('m'), method: undefined, error: 'text' });
  await assert.rejects(broken, /no JSON-RPC/);
  const twice = client.call('m');
  const { id } = await session.expect('m');
  session.send(JSON.stringify([{ jsonrpc: '2.0', id, result: 1 }, { jsonrpc: '2.0', id, result: 2 }]));
  assert.equal(await twice, 1);
});

test('a closed client says so', async (t) => {
  const { client, session, told, until } = await connected(t);
  const waiting = client.call('m');
  await session.expect('m');
  client.notify('last');
  client.close(3001, 'bye');
  client.close();
  await assert.rejects(waiting, ClosedError);
  await session.expect('last');
  const [code, reason] = await session.closed;
  assert.deepEqual([code, String(reason)], [3001, 'bye']);
  await until('closed');
  await assert.rejects(client.call('m'), ClosedError);
  assert.throws(() => client.notify('m'), ClosedError);
  assert.equal(told.state.size, 0);
});

test('the types describe what there is', async () => {
  const types = await readFile(new URL('../../resource/client/client.d.ts', import.meta.url), 'utf8');
  const described = [...types.matchAll(/^export (?:class|const|function) (\w+)/gm)].map(([, name]) => name);
  assert.deepEqual(described.sort(), Object.keys(exported).sort());
  const members = Object.getOwnPropertyNames(exported.Client.prototype);
  for (const name of members) assert.match(types, new RegExp(`^  (readonly )?${name}\\b`, 'm'), name);
});
