import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diagnose } from '../../resource/public/js/diagnosis.js';
import { languages, translator } from '../../resource/public/js/strings.js';

const page = 'http://page:8199/';

/** What to check of a handshake that failed. */
const checks = (url, { answer, cause, from = page, subprotocols = [] } = {}) => diagnose({ url, close: { code: 1006, wasOpen: false, cause }, subprotocols }, from, answer);
const keys = (...how) => checks(...how).map(({ key }) => key);
const checked = (...names) => names.map((name) => `check.${name}`);

test('what the server answers is told', () => {
  const answer = 'refused.answer';
  const cases = [
    [0, ['check.down']], [101, ['check.again']], [400, [answer]], [401, [answer, 'check.token']], [403, [answer]],
    [404, [answer, 'check.path']], [426, [answer, 'check.handshake']], [429, [answer, 'check.many']], [503, [answer]], [418, [answer]],
  ];
  for (const [status, want] of cases) {
    const found = checks('ws://page:8199/ws', { answer: { status, message: 'why' } });
    assert.deepEqual(found.map(({ key }) => key), want);
    for (const { key, params } of found) {
      assert.ok(languages.en[key], key);
      for (const language of Object.keys(languages)) assert.ok(!translator(language)(key, params).includes('{'));
    }
  }
});

test('where no endpoint is it is told where they are', () => {
  const [{ key, params }] = checks('ws://page:8199/nowhere', { answer: { endpoints: ['/ws', '/rpc'] } });
  assert.equal(translator('en')(key, params), 'No endpoint is at this path, but at /ws, /rpc.');
});

test('of another server it is told what to check', () => {
  assert.deepEqual(keys('ws://other/'), checked('away', 'secure', 'origin', 'path', 'token'));
  assert.deepEqual(keys('wss://other/'), checked('away', 'certificate', 'plain', 'origin', 'path', 'token'));
  assert.deepEqual(keys('ws://page:8199/ws'), checked('away', 'secure', 'path', 'token'));
  assert.deepEqual(keys('ws://other/', { cause: 'silent' }), checked('silent'));
  assert.deepEqual(keys('ws://other/', { cause: 'forbidden', from: 'https://page/' }), checked('mixed'));
  assert.deepEqual(keys('ws://other/', { cause: 'forbidden' }), checked('subprotocols'));
});

test('what is offered as subprotocol must be selected', () => {
  const subprotocols = ['bearer.x'];
  assert.deepEqual(keys('ws://page:8199/ws', { subprotocols, answer: { status: 101, message: '' } }), checked('selected'));
  assert.deepEqual(keys('ws://page:8199/ws', { subprotocols, answer: { status: 401, message: '' } }), ['refused.answer', 'check.token']);
  assert.deepEqual(keys('ws://other/', { subprotocols }), checked('away', 'secure', 'origin', 'path', 'token', 'selected'));
});

test('after it was open some codes have advice', () => {
  const cases = [[1000, []], [1006, []], [1008, ['policy', 'signature']], [1009, ['size']], [4401, ['token']], [3000, ['token']]];
  for (const [code, want] of cases) {
    const found = diagnose({ url: 'ws://page/', close: { code, wasOpen: true }, subprotocols: [] }, page, null);
    assert.deepEqual(found.map(({ key }) => key), checked(...want), String(code));
  }
});

test('all advice has words in every language', () => {
  const all = ['ws://other/', 'wss://other/'].flatMap((url) => [undefined, 'silent', 'forbidden'].flatMap((cause) => checks(url, { cause, from: 'https://page/', subprotocols: ['v1'] })));
  for (const { key, params } of all) {
    for (const [language, words] of Object.entries(languages)) {
      assert.ok(words[key], `${key} in ${language}`);
      assert.ok(!translator(language)(key, params).includes('{'), `${key} in ${language}`);
    }
  }
});
