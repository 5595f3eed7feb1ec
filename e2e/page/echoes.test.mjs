import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Echoes, pendingLimit } from '../../resource/public/js/echoes.js';

const bytes = (...values) => new Uint8Array(values);

test('what comes back equal is an echo, once', async (t) => {
  const cases = [
    ['text', 'hello', 'hello', true],
    ['empty text', '', '', true],
    ['bytes', bytes(1, 2), bytes(1, 2), true],
    ['no bytes', bytes(), bytes(), true],
    ['other text', 'hello', 'Hello', false],
    ['other bytes', bytes(1, 2), bytes(1, 3), false],
    ['fewer bytes', bytes(1, 2), bytes(1), false],
    ['more bytes', bytes(1), bytes(1, 2), false],
    ['text that came as bytes', 'a', bytes(97), false],
    ['bytes that came as text', bytes(97), 'a', false],
  ];
  for (const [name, sent, received, isEcho] of cases) {
    await t.test(name, () => {
      const echoes = new Echoes();
      echoes.sent(sent, 10);
      assert.equal(echoes.received(received, 15), isEcho ? 5 : null);
      if (isEcho) assert.equal(echoes.received(received, 20), null, 'an echo comes once');
    });
  }
});

test('equal messages are matched oldest first, with others between', () => {
  const echoes = new Echoes();
  echoes.sent('a', 0);
  echoes.sent('b', 1);
  echoes.sent('a', 2);
  assert.equal(echoes.received('pushed by the server', 3), null);
  assert.equal(echoes.received('a', 10), 10);
  assert.equal(echoes.received('a', 10), 8);
  assert.equal(echoes.received('b', 10), 9);
});

test('messages that never return are forgotten', () => {
  const echoes = new Echoes();
  echoes.sent('lost', 0);
  for (let index = 0; index < pendingLimit; index += 1) echoes.sent(`message ${index}`, 1);
  assert.equal(echoes.received('lost', 2), null);
  assert.equal(echoes.received('message 0', 2), 1);
});

test('nothing is an echo after clear', () => {
  const echoes = new Echoes();
  echoes.sent('a', 0);
  echoes.clear();
  assert.equal(echoes.received('a', 1), null);
});
