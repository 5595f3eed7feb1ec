import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ClosedError } from '../../resource/client/client.js';
import { connected, Server, watch } from './client-peers.mjs';

/** A source that gives t1, t2 and so on. */
function tokens() {
  let asked = 0;
  return async () => `t${++asked}`;
}

test('a token goes with the handshake', async (t) => {
  const inProtocol = await connected(t, { token: tokens(), tokenIn: 'subprotocol', subprotocols: ['v1'] });
  assert.equal(inProtocol.session.request.headers['sec-websocket-protocol'], 'v1,bearer.t1');
  const inQuery = await connected(t, { token: tokens(), tokenIn: 'query' });
  assert.equal(inQuery.session.request.url, '/rpc?access_token=t1');
});

async function authenticating(t) {
  const server = await new Server().start();
  t.after(() => server.kill());
  const watched = watch(t, server.url, { token: tokens() });
  const connecting = watched.client.connect();
  return { ...watched, server, connecting, session: await server.accept() };
}

test('a token goes in the first message, and before all others', async (t) => {
  const { client, connecting, session } = await authenticating(t);
  client.notify('later');
  const auth = await session.expect('auth');
  assert.deepEqual(auth.params, { token: 't1' });
  session.reply(auth, { user: '42' });
  await session.expect('later');
  await connecting;
});

test('a refused token is worth one more try, with a new one', async (t) => {
  const { connecting, session, server, time } = await authenticating(t);
  session.fail(await session.expect('auth'), { code: 61, message: 'expired' });
  await time.fire(199);
  const second = await server.accept();
  const auth = await second.expect('auth');
  assert.deepEqual(auth.params, { token: 't2' });
  second.fail(auth, { code: 61, message: 'expired' });
  await assert.rejects(connecting, (error) => error instanceof ClosedError && error.cause.code === 4401);
});

test('a token that expires is renewed', async (t) => {
  const { connecting, session, told } = await authenticating(t);
  session.reply(await session.expect('auth'), {});
  await connecting;
  session.send({ method: 'auth.expiring', params: { seconds: 30 } });
  const auth = await session.expect('auth');
  assert.deepEqual(auth.params, { token: 't2' });
  session.fail(auth, { code: 61, message: 'unknown token' });
  assert.equal((await told.error.take('the refusal')).message, 'unknown token');
});

test('a source that fails is asked again', async (t) => {
  const server = await new Server().start();
  t.after(() => server.kill());
  let asked = 0;
  const token = async () => {
    if (++asked === 1) throw new Error('no token now');
    return 't';
  };
  const { client, time, until } = watch(t, server.url, { token, tokenIn: 'query' });
  const connecting = client.connect();
  assert.equal((await until('waiting')).error.message, 'no token now');
  await time.fire(199);
  await connecting;
});
