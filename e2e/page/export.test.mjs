import assert from 'node:assert/strict';
import { test } from 'node:test';
import { har, jsonLines } from '../../resource/public/js/export.js';

const opening = { kind: 'event', at: 0, message: { key: 'event.open', params: { url: 'ws://host/ws' } } };
const entries = [
  opening,
  { kind: 'sent', opening, at: 1500, type: 'json', size: 7, text: '{"a":1}', method: 'm', isSigned: true },
  { kind: 'reply', opening, at: 1512, type: 'text', size: 2, text: '\n"', method: 'm', roundTrip: 12 },
  { kind: 'received', opening, at: 2000, type: 'binary', size: 2, bytes: Uint8Array.of(0, 255) },
];

test('JSON Lines have one object a line', () => {
  const lines = jsonLines(entries, ({ message }) => message.key);
  assert.ok(lines.endsWith('\n'));
  assert.deepEqual(lines.trimEnd().split('\n').map((line) => JSON.parse(line)), [
    { time: '1970-01-01T00:00:00.000Z', kind: 'event', text: 'event.open' },
    { time: '1970-01-01T00:00:01.500Z', kind: 'sent', type: 'json', size: 7, method: 'm', signed: true, text: '{"a":1}' },
    { time: '1970-01-01T00:00:01.512Z', kind: 'reply', type: 'text', size: 2, method: 'm', roundTrip: 12, text: '\n"' },
    { time: '1970-01-01T00:00:02.000Z', kind: 'received', type: 'binary', size: 2, base64: 'AP8=' },
  ]);
});

test('HAR has what the standard wants, and the messages', () => {
  const { log } = JSON.parse(har(entries, ''));
  const [entry] = log.entries;
  assert.deepEqual([log.version, log.creator, log.entries.length], ['1.2', { name: 'gfws', version: 'unknown' }, 1]);
  for (const key of ['startedDateTime', 'time', 'request', 'response', 'cache', 'timings']) assert.ok(key in entry, key);
  for (const key of ['method', 'url', 'httpVersion', 'cookies', 'headers', 'queryString', 'headersSize', 'bodySize']) assert.ok(key in entry.request, key);
  for (const key of ['status', 'statusText', 'httpVersion', 'cookies', 'headers', 'content', 'redirectURL', 'headersSize', 'bodySize']) assert.ok(key in entry.response, key);
  for (const key of ['size', 'mimeType']) assert.ok(key in entry.response.content, key);
  for (const key of ['startedDateTime', 'time']) assert.ok(key in entry, key);
  const { send, wait, receive } = entry.timings;
  assert.equal(send + wait + receive, entry.time, 'the time is the sum of its parts');
  for (const text of [log.creator.version, entry.request.httpVersion, entry.response.statusText, entry.response.redirectURL]) assert.equal(typeof text, 'string');
  assert.deepEqual([entry.request.url, entry.startedDateTime, entry.time], ['ws://host/ws', '1970-01-01T00:00:00.000Z', 2000]);
  assert.deepEqual(entry._webSocketMessages, [
    { type: 'send', time: 1.5, opcode: 1, data: '{"a":1}', _signed: true },
    { type: 'receive', time: 1.512, opcode: 1, data: '\n"' },
    { type: 'receive', time: 2, opcode: 2, data: 'AP8=' },
  ]);
});

test('a clock that was put back makes no time negative', () => {
  const { log } = JSON.parse(har([{ kind: 'sent', opening: { at: 9000, message: opening.message }, at: 1500, text: 'a' }], ''));
  assert.equal(log.entries[0].time, 0);
});

test('nothing is exported of nothing', () => {
  assert.equal(jsonLines([], String), '');
  assert.deepEqual(JSON.parse(har([opening], '')).log.entries, []);
});

test('HAR has an entry for each connection, whatever else of the log is left out', () => {
  const other = { kind: 'event', at: 3000, message: { key: 'event.open', params: { url: 'ws://other/echo' } } };
  const { log } = JSON.parse(har([...entries.slice(1), { kind: 'sent', opening: other, at: 3500, text: 'b' }], ''));
  assert.deepEqual(log.entries.map(({ request, time, _webSocketMessages }) => [request.url, time, _webSocketMessages.length]),
    [['ws://host/ws', 2000, 3], ['ws://other/echo', 500, 1]]);
});
