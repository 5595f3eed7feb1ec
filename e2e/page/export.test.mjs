import assert from 'node:assert/strict';
import { test } from 'node:test';
import { har, jsonLines } from '../../resource/public/js/export.js';

const entries = [
  { kind: 'event', at: 0, message: 'opened' },
  { kind: 'sent', at: 1500, type: 'json', size: 7, text: '{"a":1}', method: 'm', isSigned: true },
  { kind: 'reply', at: 1512, type: 'text', size: 2, text: '\n"', method: 'm', roundTrip: 12 },
  { kind: 'received', at: 2000, type: 'binary', size: 2, bytes: Uint8Array.of(0, 255) },
];

test('JSON Lines have one object a line', () => {
  const lines = jsonLines(entries, ({ message }) => message);
  assert.ok(lines.endsWith('\n'));
  assert.deepEqual(lines.trimEnd().split('\n').map((line) => JSON.parse(line)), [
    { time: '1970-01-01T00:00:00.000Z', kind: 'event', text: 'opened' },
    { time: '1970-01-01T00:00:01.500Z', kind: 'sent', type: 'json', size: 7, method: 'm', signed: true, text: '{"a":1}' },
    { time: '1970-01-01T00:00:01.512Z', kind: 'reply', type: 'text', size: 2, method: 'm', roundTrip: 12, text: '\n"' },
    { time: '1970-01-01T00:00:02.000Z', kind: 'received', type: 'binary', size: 2, base64: 'AP8=' },
  ]);
});

test('HAR has what the standard wants, and the messages', () => {
  const { log } = JSON.parse(har(entries, { url: 'ws://host/ws', version: '' }));
  const [entry] = log.entries;
  assert.deepEqual([log.version, log.creator, log.entries.length], ['1.2', { name: 'gfws', version: 'unknown' }, 1]);
  for (const key of ['startedDateTime', 'time', 'request', 'response', 'cache', 'timings']) assert.ok(key in entry, key);
  for (const key of ['method', 'url', 'httpVersion', 'cookies', 'headers', 'queryString', 'headersSize', 'bodySize']) assert.ok(key in entry.request, key);
  for (const key of ['status', 'statusText', 'httpVersion', 'cookies', 'headers', 'content', 'redirectURL', 'headersSize', 'bodySize']) assert.ok(key in entry.response, key);
  assert.equal(entry.request.url, 'ws://host/ws');
  assert.deepEqual(entry._webSocketMessages, [
    { type: 'send', time: 1.5, opcode: 1, data: '{"a":1}', _signed: true },
    { type: 'receive', time: 1.512, opcode: 1, data: '\n"' },
    { type: 'receive', time: 2, opcode: 2, data: 'AP8=' },
  ]);
});

test('nothing is exported of nothing', () => {
  assert.equal(jsonLines([], String), '');
  assert.deepEqual(JSON.parse(har([], { url: '', version: '' })).log.entries[0]._webSocketMessages, []);
});
