import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstDelay, longestDelay, retryDelay } from '../../resource/public/js/backoff.js';

const lowest = () => 0;
const highest = () => 0.999999;

test('the delay doubles up to its limit', async (t) => {
  const cases = [
    { failures: 0, from: 750, to: 1500 },
    { failures: 1, from: 750, to: 1500 },
    { failures: 2, from: 1500, to: 3000 },
    { failures: 3, from: 3000, to: 6000 },
    { failures: 4, from: 6000, to: 12000 },
    { failures: 5, from: 7500, to: 15000 },
    { failures: 1000, from: 7500, to: 15000 },
    { failures: 1e6, from: 7500, to: 15000 },
  ];
  for (const { failures, from, to } of cases) {
    await t.test(`${failures} failures`, () => {
      assert.equal(retryDelay(failures, lowest), from);
      assert.equal(retryDelay(failures, highest), to);
    });
  }
});

test('real chance stays within the bounds and spreads', () => {
  const delays = Array.from({ length: 500 }, () => retryDelay(1));
  assert.ok(delays.every((delay) => delay >= firstDelay / 2 && delay <= firstDelay));
  assert.ok(new Set(delays).size > 100, 'the delays hardly differ');
  assert.ok(Array.from({ length: 500 }, () => retryDelay(9)).every((delay) => delay <= longestDelay));
});
