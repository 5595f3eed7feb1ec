// Talks to the echo with npm's ws. usage: node echo.mjs URL [CERTIFICATE]
// Ends with an error if anything is not as it should be.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import WebSocket from 'ws';

const [url, certificate] = process.argv.slice(2);
const options = certificate ? { ca: readFileSync(certificate) } : {};
const limit = 64 * 1024;

async function connect() {
  const socket = new WebSocket(url, options);
  await once(socket, 'open');
  return socket;
}

async function roundTrip(socket, data) {
  socket.send(data);
  const [echo, isBinary] = await once(socket, 'message');
  assert.equal(isBinary, typeof data !== 'string', 'the type of the message changed');
  assert.ok(echo.equals(Buffer.from(data)), `${echo.length} bytes came back for ${data.length}`);
}

const checks = {
  async 'messages of every kind and size'() {
    const socket = await connect();
    for (const data of ['hello word', '', '你好 🌍', '\u0000', 'x'.repeat(limit), Buffer.alloc(0), Buffer.from([0xff, 0, 0xfe]), Buffer.alloc(limit, 7)]) {
      await roundTrip(socket, data);
    }
    socket.close(1000, 'done');
    const [code] = await once(socket, 'close');
    assert.equal(code, 1000);
  },

  async 'many in flight come back in order'() {
    const socket = await connect();
    const echoes = [];
    socket.on('message', (data) => echoes.push(String(data)));
    const sent = Array.from({ length: 500 }, (_, i) => `message ${i}`);
    sent.forEach((text) => socket.send(text));
    while (echoes.length < sent.length) await once(socket, 'message');
    assert.deepEqual(echoes, sent);
    socket.terminate();
  },

  async 'a message in fragments, with a ping between'() {
    const socket = await connect();
    socket.send('hello ', { fin: false });
    socket.ping('now');
    socket.send('word', { fin: true });
    const [[pong], [echo]] = await Promise.all([once(socket, 'pong'), once(socket, 'message')]);
    assert.equal(String(pong), 'now');
    assert.equal(String(echo), 'hello word');
    socket.terminate();
  },

  async 'one byte over the limit closes with 1009'() {
    const socket = await connect();
    socket.send('x'.repeat(limit + 1));
    const [code, reason] = await once(socket, 'close');
    assert.equal(code, 1009);
    assert.match(String(reason), /65536/);
  },

  async 'a code of the application is answered with the same'() {
    const socket = await connect();
    socket.close(4321, 'bye');
    const [code] = await once(socket, 'close');
    assert.equal(code, 4321);
  },

  async 'compression that is not spoken here is not agreed on'() {
    const socket = new WebSocket(url, { ...options, perMessageDeflate: true });
    await once(socket, 'open');
    assert.equal(socket.extensions, '');
    await roundTrip(socket, 'x'.repeat(5000));
    socket.terminate();
  },

  async 'a foreign origin is refused with 403'() {
    const socket = new WebSocket(url, { ...options, origin: 'https://evil.example' });
    const [, response] = await once(socket, 'unexpected-response');
    assert.equal(response.statusCode, 403);
    socket.on('error', () => {});
    socket.terminate();
  },
};

for (const [name, check] of Object.entries(checks)) {
  try {
    await check();
  } catch (error) {
    console.error(`failed: ${name}\n`, error);
    process.exit(1);
  }
}
console.log(`${Object.keys(checks).length} checks passed with ws`);
