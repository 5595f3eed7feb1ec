import assert from 'node:assert/strict';
import { test } from 'node:test';
import { entryLimit, Log, textLimit } from '../../resource/public/js/log.js';

const message = (text) => ({ kind: 'sent', type: 'text', text, size: text.length });

test('entries keep their order, time and own id', () => {
  let time = 1000;
  const log = new Log(() => time);
  const added = [];
  log.addEventListener('add', (event) => added.push(event.detail));
  log.add(message('a'));
  time = 2000;
  log.add(message('b'));
  assert.deepEqual(log.entries.map(({ text, at }) => [text, at.getTime()]), [['a', 1000], ['b', 2000]]);
  assert.notEqual(log.entries[0].id, log.entries[1].id);
  assert.deepEqual(added, log.entries);
});

test('the oldest go beyond the limit of entries', () => {
  const log = new Log();
  for (let index = 0; index < entryLimit + 5; index += 1) log.add(message(String(index)));
  assert.equal(log.entries.length, entryLimit);
  assert.equal(log.entries[0].text, '5');
  assert.equal(log.entries.at(-1).text, String(entryLimit + 4));
});

test('the oldest go beyond the limit of text', () => {
  const log = new Log();
  const half = 'x'.repeat(textLimit / 2);
  log.add(message(half));
  log.add({ kind: 'event', tone: 'plain', message: { key: 'k' } });
  log.add(message(half));
  assert.equal(log.entries.length, 3);
  log.add(message('y'));
  assert.deepEqual(log.entries.map((entry) => entry.kind), ['event', 'sent', 'sent']);
});

test('a single entry over the limit of text stays', () => {
  const log = new Log();
  log.add(message('first'));
  log.add(message('x'.repeat(textLimit + 1)));
  assert.equal(log.entries.length, 1);
  assert.equal(log.entries[0].text.length, textLimit + 1);
});

test('clear empties it, the count of text included', () => {
  const log = new Log();
  let cleared = 0;
  log.addEventListener('clear', () => { cleared += 1; });
  log.add(message('x'.repeat(textLimit)));
  log.clear();
  assert.deepEqual(log.entries, []);
  assert.equal(cleared, 1);
  log.add(message('a'));
  log.add(message('b'));
  assert.equal(log.entries.length, 2);
});

test('events alone are no messages', () => {
  const log = new Log();
  assert.equal(log.hasMessages, false);
  log.add({ kind: 'event', tone: 'good', message: { key: 'event.open' } });
  assert.equal(log.hasMessages, false);
  log.add(message(''));
  assert.equal(log.hasMessages, true);
});
