import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countDown } from '../../resource/public/js/countdown.js';
import { Clock } from './fakes.mjs';

test('it says every second once, at its time', () => {
  const clock = new Clock();
  const start = clock.time;
  const said = [];
  countDown(start + 2500, (seconds) => said.push([seconds, clock.time - start]), clock);
  clock.advance(10000);
  assert.deepEqual(said, [[3, 0], [2, 500], [1, 1500], [0, 2500]]);
  assert.equal(clock.pending, 0);
});

test('a moment that has passed is 0 at once', () => {
  const clock = new Clock();
  const said = [];
  countDown(clock.time - 1, (seconds) => said.push(seconds), clock);
  assert.deepEqual(said, [0]);
  assert.equal(clock.pending, 0);
});

test('it can be stopped', () => {
  const clock = new Clock();
  const said = [];
  const stop = countDown(clock.time + 3000, (seconds) => said.push(seconds), clock);
  clock.advance(1000);
  stop();
  clock.advance(10000);
  assert.deepEqual(said, [3, 2]);
});
