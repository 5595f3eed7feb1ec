import assert from 'node:assert/strict';
import { test } from 'node:test';
import { push } from '../../resource/public/js/bounded.js';

test('the newest stay, in order', () => {
  const list = [];
  for (const item of [1, 2, 3, 4, 5]) push(list, item, 3);
  assert.deepEqual(list, [3, 4, 5]);
});
