import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contentLimit, entryLimit, Log } from '../../resource/public/js/log.js';
import { entriesOf, fakePlatform } from './fakes.mjs';

const message = (text) => ({ kind: 'sent', type: 'text', text, size: text.length });

test('entries keep their order, time and number', () => {
  const { clock } = fakePlatform();
  clock.time = 1000;
  const log = new Log();
  const added = [];
  log.addEventListener('add', (event) => added.push(event.detail));
  log.add(message('a'));
  clock.time = 2000;
  log.add(message('b'));
  assert.deepEqual(entriesOf(log).map(({ number, text, at }) => [number, text, at]), [[1, 'a', 1000], [2, 'b', 2000]]);
  assert.deepEqual(added, entriesOf(log));
  assert.deepEqual([log.first, log.next, log.length], [1, 3, 2]);
});

test('the oldest go beyond the limit of entries, and the numbers go on', () => {
  const log = new Log();
  for (let index = 0; index < entryLimit + 5; index += 1) log.add(message(String(index)));
  assert.equal(log.length, entryLimit);
  assert.equal(log.first, 6);
  assert.equal(log.entry(log.first).text, '5');
  assert.equal(log.entry(log.next - 1).text, String(entryLimit + 4));
  assert.equal(log.entry(5), undefined);
});

test('it keeps pace beyond the limit', { timeout: 60_000 }, () => {
  const log = new Log();
  for (let index = 0; index < entryLimit * 3; index += 1) log.add(message(''));
  assert.deepEqual([log.length, log.first], [entryLimit, entryLimit * 2 + 1]);
});

test('the oldest go beyond the limit of content, text and bytes alike', () => {
  const log = new Log();
  const half = new Uint8Array(contentLimit / 2);
  log.add({ kind: 'received', type: 'binary', bytes: half, size: half.length });
  log.add({ kind: 'event', tone: 'plain', message: { key: 'k' } });
  log.add(message('x'.repeat(contentLimit / 2)));
  assert.equal(log.length, 3);
  log.add(message('y'));
  assert.deepEqual(entriesOf(log).map((entry) => entry.kind), ['event', 'sent', 'sent']);
});

test('a single entry over the limit of content stays', () => {
  const log = new Log();
  log.add(message('first'));
  log.add(message('x'.repeat(contentLimit + 1)));
  assert.equal(log.length, 1);
});

test('clear empties it, the count of content included', () => {
  const log = new Log();
  log.add(message('x'.repeat(contentLimit)));
  log.clear();
  assert.equal(log.length, 0);
  log.add(message('a'));
  log.add(message('b'));
  assert.equal(log.length, 2);
});

test('a pinned entry outlives the bound and clear, until it is let go', () => {
  const log = new Log();
  const entry = log.add(message('keep me'));
  log.togglePin(entry);
  for (let index = 0; index < entryLimit; index += 1) log.add(message(''));
  assert.equal(log.entry(entry.number), entry);
  log.clear();
  assert.deepEqual(log.pinned, [entry]);
  log.togglePin(entry);
  assert.deepEqual(log.pinned, []);
  assert.equal(log.entry(entry.number), undefined);
});
