import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diagnose } from '../../resource/public/js/diagnosis.js';
import { languages, translator } from '../../resource/public/js/strings.js';

const failed = { code: 1006, wasOpen: false };
const page = 'http://page:8199/';

const keys = (...how) => diagnose(...how).map(({ key }) => key);

test('what the server answers is told', () => {
  const answer = 'refused.answer';
  const cases = [
    [0, ['refused.down']], [101, ['refused.again']], [400, [answer]], [401, [answer, 'check.token']], [403, [answer]],
    [404, [answer, 'check.path']], [426, [answer, 'refused.handshake']], [429, [answer, 'refused.many']], [503, [answer]], [418, [answer]],
  ];
  for (const [status, want] of cases) {
    const found = diagnose('ws://page:8199/ws', failed, page, { status, message: 'why' });
    assert.deepEqual(found.map(({ key }) => key), want);
    for (const { key, params } of found) {
      assert.ok(languages.en[key], key);
      for (const language of Object.keys(languages)) assert.ok(!translator(language)(key, params).includes('{'));
    }
  }
});

test('where no endpoint is it is told where they are', () => {
  const [{ key, params }] = diagnose('ws://page:8199/nowhere', failed, page, { endpoints: ['/ws', '/rpc'] });
  assert.equal(translator('en')(key, params), 'No endpoint is at this path, but at /ws, /rpc.');
});

test('of another server it is told what to check', () => {
  assert.deepEqual(keys('ws://other/', failed, page, null), ['away', 'secure', 'origin', 'path', 'token'].map((name) => `check.${name}`));
  assert.deepEqual(keys('wss://other/', failed, page, null), ['away', 'certificate', 'plain', 'origin', 'path', 'token'].map((name) => `check.${name}`));
  assert.deepEqual(keys('ws://page:8199/ws', failed, page, null), ['away', 'secure', 'path', 'token'].map((name) => `check.${name}`));
  assert.deepEqual(keys('ws://other/', { ...failed, cause: 'silent' }, page, null), ['check.silent']);
  assert.deepEqual(keys('ws://other/', { ...failed, cause: 'forbidden' }, 'https://page/', null), ['check.mixed']);
  assert.deepEqual(keys('ws://other/', { ...failed, cause: 'forbidden' }, page, null), ['check.subprotocols']);
});

test('after it was open some codes have advice', () => {
  const cases = [[1000, []], [1006, []], [1008, ['check.policy', 'check.signature']], [1009, ['check.size']], [4401, ['check.token']], [3000, ['check.token']]];
  for (const [code, want] of cases) assert.deepEqual(keys('ws://page/', { code, wasOpen: true }, page, null), want, String(code));
});

test('all advice has words in every language', () => {
  const all = ['ws://other/', 'wss://other/'].flatMap((url) => [undefined, 'silent', 'forbidden'].flatMap((cause) => diagnose(url, { ...failed, cause }, 'https://page/', null)));
  for (const { key, params } of all) {
    for (const [language, words] of Object.entries(languages)) {
      assert.ok(words[key], `${key} in ${language}`);
      assert.ok(!translator(language)(key, params).includes('{'), `${key} in ${language}`);
    }
  }
});
