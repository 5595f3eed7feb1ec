import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressLimit, ownPath, readAddress, readSubprotocols, remember, withoutToken, withToken } from '../../resource/public/js/address.js';

test('an address is read as it is meant', () => {
  const plain = 'http://page:8199/console/';
  const secure = 'https://page/';
  const cases = [
    ['ws://host/ws', plain, 'ws://host/ws'],
    [' wss://host ', plain, 'wss://host/'],
    ['http://host/a', plain, 'ws://host/a'],
    ['https://host/a', plain, 'wss://host/a'],
    ['/chat?x=1#y', plain, 'ws://page:8199/chat?x=1'],
    ['/chat', secure, 'wss://page/chat'],
    ['host:9000/a', plain, 'ws://host:9000/a'],
    ['host', secure, 'wss://host/'],
    ['//host/a', secure, 'wss://host/a'],
    ['localhost:8080', plain, 'ws://localhost:8080/'],
    ['[::1]:8199/ws', plain, 'ws://[::1]:8199/ws'],
    ['ws://host/', secure, 'ws://host/'],
    ...['', ' ', 'ftp://host', 'javascript://x', 'ws://', 'a b', '/a b'].map((written) => [written, plain, '']),
  ];
  for (const [written, page, url] of cases) assert.equal(readAddress(written, page), url, written);
});

test('own is the same host, port and security', () => {
  assert.equal(ownPath('ws://page:8199/ws?a=b', 'http://page:8199/console/'), '/ws?a=b');
  for (const url of ['ws://page/ws', 'wss://page:8199/ws', 'ws://other:8199/ws']) assert.equal(ownPath(url, 'http://page:8199/'), '', url);
});

test('a token goes where it is wanted, and nowhere else', () => {
  const target = { url: 'ws://host/ws?a=b', subprotocols: ['v1'], token: 't/+=' };
  assert.deepEqual(withToken({ ...target, way: 'subprotocol' }), { url: target.url, subprotocols: ['v1', 'bearer.t/+='], firstToken: '' });
  assert.deepEqual(withToken({ ...target, way: 'first-message' }), { url: target.url, subprotocols: ['v1'], firstToken: 't/+=' });
  assert.deepEqual(withToken({ ...target, way: 'query' }), { url: 'ws://host/ws?a=b&access_token=t%2F%2B%3D', subprotocols: ['v1'], firstToken: '' });
  for (const way of ['subprotocol', 'first-message', 'query']) {
    assert.deepEqual(withToken({ ...target, token: '', way }), { url: target.url, subprotocols: ['v1'], firstToken: '' });
  }
});

test('what is kept has no token', () => {
  assert.equal(withoutToken('ws://user:secret@host/ws?access_token=secret&a=b'), 'ws://host/ws?a=b');
  assert.deepEqual(remember(['ws://b/', 'ws://a/'], 'ws://a/?access_token=s'), ['ws://a/', 'ws://b/']);
  assert.equal(remember(Array.from({ length: 50 }, (_, index) => `ws://${index}/`), 'ws://new/').length, addressLimit);
});

test('subprotocols are named once each', () => {
  assert.deepEqual(readSubprotocols(' v1, v2  v1,,'), ['v1', 'v2']);
  assert.deepEqual(readSubprotocols(''), []);
});
