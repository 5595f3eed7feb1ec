import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ring } from '../../resource/public/js/ring.js';

test('the newest stay, in order', () => {
  const ring = new Ring(3);
  assert.deepEqual([1, 2, 3, 4, 5].map((item) => ring.push(item)), [undefined, undefined, undefined, 1, 2]);
  assert.deepEqual([...ring], [3, 4, 5]);
  assert.deepEqual([ring.at(0), ring.at(2), ring.at(3), ring.at(-1)], [3, 5, undefined, undefined]);
  assert.equal(ring.shift(), 3);
  ring.clear();
  assert.equal(ring.length, 0);
});

test('it holds no more than it must after many', () => {
  const ring = new Ring(10);
  for (let item = 0; item < 100_000; item += 1) ring.push(item);
  assert.deepEqual([...ring], Array.from({ length: 10 }, (_, index) => 99_990 + index));
});
