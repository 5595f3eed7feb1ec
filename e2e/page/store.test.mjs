import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Store } from '../../resource/public/js/store.js';
import { fakeStorage } from './fakes.mjs';

/** Returns a storage that keeps nothing, as when it is full. */
function fullStorage() {
  return new Proxy(fakeStorage(), { get: (kept, name) => (name === 'setItem' ? () => { throw new Error('full'); } : kept[name]) });
}

test('what is set is kept, and said to be', () => {
  const store = new Store(fakeStorage());
  assert.equal(store.set('theme', 'dark'), true);
  assert.deepEqual([store.get('theme'), store.keeps], ['dark', true]);
});

test('a storage that is full or blocked is told', () => {
  for (const storage of [fullStorage(), undefined]) {
    const store = new Store(storage);
    assert.equal(store.set('theme', 'dark'), false);
    assert.deepEqual([store.get('theme', 'none'), store.getList('tabs'), store.list(), store.keeps], ['none', [], [], false]);
    store.clear();
  }
});

test('all is told and cleared, and nothing else', () => {
  const device = fakeStorage({ other: 'x' });
  const store = new Store(device);
  store.set('theme', 'dark');
  device['gfws.saved'] = 'no JSON';
  assert.deepEqual(store.list(), [['saved', 7], ['theme', 6]]);
  store.clear();
  assert.deepEqual({ ...device }, { other: 'x' });
});
