import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { entryLimit, Log } from '../../resource/public/js/log.js';
import { LogQuery } from '../../resource/public/js/logquery.js';

const never = () => false;
let log;
let query;

const add = (text) => log.add({ kind: 'sent', type: 'text', text, size: text.length });
const shown = () => Array.from({ length: query.length }, (_, index) => query.at(index).text);
const isOdd = ({ text }) => Number(text) % 2 === 1;

beforeEach(() => {
  log = new Log();
  query = new LogQuery(log);
});

test('without a filter it is the log', () => {
  for (const text of ['a', 'b']) add(text);
  assert.equal(query.scan(never), false);
  assert.deepEqual(shown(), ['a', 'b']);
  assert.equal(query.isFiltered, false);
});

test('a filter holds for what is there and for what comes', () => {
  for (let index = 0; index < 6; index += 1) add(String(index));
  query.filter({ test: isOdd });
  query.scan(never);
  assert.deepEqual(shown(), ['1', '3', '5']);
  add('6');
  add('7');
  query.scan(never);
  assert.deepEqual(shown(), ['1', '3', '5', '7']);
  query.filter({ test: null });
  assert.equal(query.length, 8);
});

test('a long log is filtered piece by piece', () => {
  for (let index = 0; index < 1000; index += 1) add(String(index));
  query.filter({ test: isOdd });
  let pieces = 1;
  while (query.scan(() => true)) pieces += 1;
  assert.ok(pieces > 2, `${pieces} pieces`);
  assert.equal(query.length, 500);
});

test('what goes from the log goes from what was found', () => {
  query.filter({ test: isOdd });
  for (let index = 0; index < entryLimit + 10; index += 1) add(String(index));
  query.scan(never);
  assert.equal(query.at(0).text, '11');
  for (let index = 0; index < 4; index += 1) add('1');
  query.scan(never);
  assert.equal(query.at(0).text, '15');
  assert.equal(query.indexOf(query.at(3).number), 3);
});

test('paused, it holds still and counts what waits', () => {
  add('a');
  query.togglePause();
  add('b');
  add('c');
  assert.deepEqual([shown(), query.waiting, query.isPaused], [['a'], 2, true]);
  query.togglePause();
  assert.deepEqual([shown(), query.waiting, query.isPaused], [['a', 'b', 'c'], 0, false]);
});

test('cleared while paused it shows nothing, not what comes', () => {
  add('a');
  query.togglePause();
  log.clear();
  add('b');
  assert.deepEqual(shown(), []);
  query.togglePause();
  assert.deepEqual(shown(), ['b']);
});

test('the pinned alone', () => {
  add('a');
  log.togglePin(add('b'));
  query.togglePinned();
  assert.deepEqual([shown(), query.isFiltered, query.of], [['b'], true, 1]);
});

test('the pinned are filtered too, and follow what is pinned and let go', () => {
  const [, two, three] = ['1', '2', '3'].map(add);
  log.togglePin(three);
  log.togglePin(two);
  query.filter({ test: isOdd });
  query.togglePinned();
  assert.deepEqual([shown(), query.of], [['3'], 2]);
  log.togglePin(add('5'));
  assert.deepEqual(shown(), ['3', '5']);
  query.scan(never);
  assert.deepEqual(shown(), ['3', '5']);
  query.togglePinned();
  query.scan(never);
  assert.deepEqual(shown(), ['1', '3', '5']);
});

test('cleared, the view of the pinned lets go what it shows and leaves the log', () => {
  const [one, two] = ['1', '2'].map(add);
  for (const entry of [one, two]) log.togglePin(entry);
  query.filter({ test: isOdd });
  query.togglePinned();
  query.clear();
  assert.deepEqual([shown(), log.pinned, log.length], [[], [two], 2]);
  query.togglePinned();
  query.clear();
  assert.deepEqual([log.length, log.pinned], [0, [two]]);
  query.togglePinned();
  query.filter({ test: null });
  assert.deepEqual([shown(), query.of], [['2'], 1]);
});
