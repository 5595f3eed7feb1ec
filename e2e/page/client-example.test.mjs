// What docs/client.md quotes.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WebSocket } from 'ws';
import { Client, RpcError } from '../../resource/client/client.js';
import { Server } from './client-peers.mjs';

test('the example of the documents', async (t) => {
  const server = await new Server().start();
  t.after(() => server.kill());
  const { url } = server;
  const fetchToken = async () => 'a fresh token';
  const show = [];
  const platform = { WebSocket }; // Node 20 has none of its own
  const answering = answer(server);

  const client = new Client(url, { token: fetchToken, tokenIn: 'message', platform });
  client.addEventListener('state', ({ detail: { phase, next } }) => show.push(phase, next));
  client.on('room.message', ({ user, text }) => show.push(`${user}: ${text}`));
  client.handle('confirm', async ({ question }) => {
    if (!question) throw new RpcError(53, 'what is the question?');
    return 'yes';
  });
  await client.connect();

  const { members } = await client.join('lobby');
  const { seq } = await client.call('room.say', { room: 'lobby', text: 'hello' }, { timeout: 5000 });

  assert.deepEqual([members.length, seq], [1, 1]);
  assert.deepEqual(show, ['connecting', null, 'open', null, '42: hello']);
  await answering;
  client.close();
});

async function answer(server) {
  const session = await server.accept();
  session.reply(await session.expect('auth'), { user: '42' });
  session.reply(await session.expect('room.join'), { members: [{ session: 'a', user: '42' }], history: [] });
  const said = await session.expect('room.say');
  session.send({ method: 'room.message', params: { room: 'lobby', user: '42', text: 'hello' } });
  session.reply(said, { seq: 1 });
}
