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

test('a window has its own list, and a new one begins with the last', () => {
  const device = fakeStorage();
  const [one, two] = [new Store(device, fakeStorage()), new Store(device, fakeStorage())];
  one.setOwn('tabs', ['a']);
  two.setOwn('tabs', ['b']);
  assert.deepEqual([one, two, new Store(device, fakeStorage())].map((store) => store.getList('tabs')), [['a'], ['b'], ['b']]);
});

test('all of both is told and cleared, and nothing else', () => {
  const [device, own] = [fakeStorage({ other: 'x' }), fakeStorage()];
  const store = new Store(device, own);
  store.set('theme', 'dark');
  store.setOwn('tabs', []);
  device['gfws.saved'] = 'no JSON';
  assert.deepEqual(store.list(), [['saved', 7], ['tabs', 2], ['theme', 6]]);
  store.clear();
  assert.deepEqual([{ ...device }, { ...own }], [{ other: 'x' }, {}]);
});
