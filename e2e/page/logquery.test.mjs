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
  query.filter(isOdd);
  query.scan(never);
  assert.deepEqual(shown(), ['1', '3', '5']);
  add('6');
  add('7');
  query.scan(never);
  assert.deepEqual(shown(), ['1', '3', '5', '7']);
  query.filter(null);
  assert.equal(query.length, 8);
});

test('a long log is filtered piece by piece', () => {
  for (let index = 0; index < 1000; index += 1) add(String(index));
  query.filter(isOdd);
  let pieces = 1;
  while (query.scan(() => true)) pieces += 1;
  assert.ok(pieces > 2, `${pieces} pieces`);
  assert.equal(query.length, 500);
});

test('what goes from the log goes from what was found', () => {
  query.filter(isOdd);
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
  query.onlyPinned = true;
  assert.deepEqual([shown(), query.isFiltered], [['b'], true]);
});
