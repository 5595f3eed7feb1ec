import assert from 'node:assert/strict';
import { test } from 'node:test';
import { History, historyLimit } from '../../resource/public/js/history.js';
import { repeater } from '../../resource/public/js/repeat.js';
import { save, savedLimit } from '../../resource/public/js/saved.js';
import { Store } from '../../resource/public/js/store.js';
import { fakePlatform, fakeStorage } from './fakes.mjs';

const draft = (text, mode = 'text') => ({ mode, text });

test('the history goes back and forth, and ends with what was being written', () => {
  const history = new History();
  assert.equal(history.back(draft('x')), null);
  for (const text of ['a', 'b', 'b', 'c']) history.add(draft(text));
  assert.deepEqual([history.back(draft('writing')), history.back(draft('c')), history.back(draft('b'))].map(({ text }) => text), ['c', 'b', 'a']);
  assert.equal(history.back(draft('a')), null);
  assert.deepEqual([history.forward(), history.forward(), history.forward()].map(({ text }) => text), ['b', 'c', 'writing']);
  assert.equal(history.forward(), null);
});

test('the history is bounded', () => {
  const history = new History();
  for (let index = 0; index <= historyLimit; index += 1) history.add(draft(String(index)));
  let oldest;
  for (let item = history.back(draft('')); item; item = history.back(draft(''))) oldest = item.text;
  assert.equal(oldest, '1');
});

test('repeating keeps to its number and interval', () => {
  const platform = fakePlatform();
  const repeat = repeater(() => {});
  let sent = 0;
  repeat.start(3, 100, () => { sent += 1; return true; });
  assert.equal(sent, 1);
  platform.clock.advance(99);
  assert.equal(sent, 1);
  platform.clock.advance(1);
  assert.deepEqual([sent, repeat.done, repeat.isRunning], [2, 2, true]);
  platform.clock.advance(1000);
  assert.deepEqual([sent, repeat.isRunning, platform.clock.pending], [3, false, 0]);
});

test('what a slow timer has missed is made up for in pieces, whatever the time of day', () => {
  const { clock } = fakePlatform();
  const repeat = repeater(() => {});
  let sent = 0;
  repeat.start(1000, 10, () => {
    if (sent === 0) clock.time += 5000;
    sent += 1;
    return true;
  });
  clock.advance(10);
  assert.equal(sent, 101);
  repeat.stop();
});

test('repeating ends when nothing can be sent, and when told to', () => {
  const platform = fakePlatform();
  const repeat = repeater(() => {});
  repeat.start(5, 10, () => false);
  assert.equal(repeat.isRunning, false);
  let sent = 0;
  repeat.start(1000, 0, () => { sent += 1; return true; });
  repeat.stop();
  platform.clock.advance(100);
  assert.ok(sent < 1000);
  assert.equal(platform.clock.pending, 0);
});

test('without an interval all are sent, in pieces', () => {
  const platform = fakePlatform();
  const repeat = repeater(() => {});
  let sent = 0;
  repeat.start(1000, 0, () => { sent += 1; return true; });
  assert.ok(sent < 1000, 'all in one piece');
  platform.clock.advance(1000);
  assert.equal(sent, 1000);
});

test('saved messages are bounded, newest first, each once', () => {
  let saved = [];
  for (let index = 0; index < savedLimit + 5; index += 1) saved = save(saved, draft(String(index)));
  assert.equal(saved.length, savedLimit);
  saved = save(saved, draft('20'));
  assert.deepEqual([saved[0].text, saved.length], ['20', savedLimit]);
});

test('the store keeps values under its own names, and tells and forgets them', () => {
  const kept = fakeStorage({ other: '1' });
  const store = new Store(kept);
  store.set('saved', [1]);
  store.set('theme', 'dark');
  assert.deepEqual([store.get('saved', []), store.get('none', 7)], [[1], 7]);
  assert.deepEqual(store.list(), [['saved', 3], ['theme', 6]]);
  store.clear();
  assert.deepEqual(Object.keys(kept), ['other']);
});

test('a store that may not be used, or holds nonsense, is an empty one', () => {
  const store = new Store(undefined);
  store.set('a', 1);
  store.remove('a');
  store.clear();
  assert.deepEqual([store.get('a', 2), store.list()], [2, []]);
  assert.equal(new Store(fakeStorage({ 'gfws.a': '{' })).get('a', 3), 3);
  for (const kept of ['{"a":1}', '5', 'null', '']) assert.deepEqual(new Store(fakeStorage({ 'gfws.a': kept })).getList('a'), []);
});
