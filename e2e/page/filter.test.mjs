import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeFilter } from '../../resource/public/js/filter.js';
import { hex } from '../../resource/public/js/format.js';

const entries = [
  { kind: 'event', message: 'opened' },
  { kind: 'sent', type: 'text', text: 'Hello' },
  { kind: 'echo', type: 'text', text: 'hello' },
  { kind: 'sent', type: 'json', text: '{"a":1}', method: 'room.join' },
  { kind: 'reply', type: 'json', text: '{"b":22}', method: 'room.join' },
  { kind: 'received', type: 'binary', bytes: Uint8Array.of(222, 173, ...new Uint8Array(90), 0xad, 0xbe, 0xef) },
];
const words = ({ message, bytes }) => message ?? hex(bytes.subarray(0, 48));

test('entries are found by what is wanted of them, all of it at once', async (t) => {
  const cases = [
    ['query', { query: 'HELLO' }, [1, 2]],
    ['query in bytes', { query: 'DE ad' }, [5]],
    ['bytes, however they are written', { query: '0xDE:0xAD' }, [5]],
    ['bytes after those that a row shows', { query: 'adbe ef' }, [5]],
    ['bytes that are not together', { query: 'debe' }, []],
    ['half bytes', { query: 'e a' }, [5]],
    ['query in events', { query: 'open' }, [0]],
    ['pattern', { query: '^\\{.*\\d{2}', isPattern: true }, [4]],
    ['a pattern as text', { query: '^h' }, []],
    ['out', { direction: 'out' }, [1, 3]],
    ['in', { direction: 'in' }, [2, 4, 5]],
    ['events', { direction: 'event' }, [0]],
    ['text, JSON too', { type: 'text' }, [1, 2, 3, 4]],
    ['JSON', { type: 'json' }, [3, 4]],
    ['binary', { type: 'binary' }, [5]],
    ['method', { method: 'join' }, [3, 4]],
    ['together', { direction: 'in', method: 'room', query: 'b' }, [4]],
  ];
  for (const [name, wanted, found] of cases) {
    await t.test(name, () => {
      const { test: passes, problem } = makeFilter(wanted, words);
      assert.equal(problem, '');
      assert.deepEqual(entries.flatMap((entry, index) => (passes(entry) ? [index] : [])), found);
    });
  }
});

test('nothing wanted is no filter', () => {
  assert.deepEqual(makeFilter({ query: '', direction: '' }, words), { test: null, problem: '' });
});

test('a pattern that is none is said, and the rest still holds', () => {
  const { test: passes, problem } = makeFilter({ query: '(', isPattern: true, direction: 'out' }, words);
  assert.match(problem, /regular expression/i);
  assert.deepEqual(entries.filter(passes).length, 2);
});

test('a pattern that could take for ever is not tried', () => {
  const text = `${'a'.repeat(100_000)}!`;
  for (const query of ['(a+)+$', '(a|aa)+$', '((a*))*$', '(?:a{1,9}b?){1,}$', '(a(b|a))*$', '^(([a-z])+.)+$', '(a?){30}b', '.*.*.*x', 'a{1,}b+c*d{2,9}']) {
    const { test: passes, problem } = makeFilter({ query, isPattern: true, direction: 'out' }, words);
    assert.notEqual(problem, '', query);
    assert.ok(passes({ kind: 'sent', text }));
  }
  for (const query of ['(ab)+', 'a+b*', '(a|b)', '(a+)b', '\\(a+\\)', '\\d{4}-\\d{2}-\\d{2}', '\\+\\*\\{1,2']) assert.equal(makeFilter({ query, isPattern: true }, words).problem, '', query);
});

test('a pattern is tried on the beginning of a long text, words on all of it', () => {
  const entry = { kind: 'sent', text: `${'a'.repeat(10_000)}b` };
  assert.equal(makeFilter({ query: 'b$', isPattern: true }, words).test(entry), false);
  assert.equal(makeFilter({ query: 'a$', isPattern: true }, words).test(entry), true);
  assert.equal(makeFilter({ query: 'ab' }, words).test(entry), true);
  // The more it repeats, the less of it.
  for (const [query, most] of [['a*c', 5000], ['a*.*c', 500]]) {
    const { test: passes } = makeFilter({ query, isPattern: true }, words);
    assert.deepEqual([most, most + 1].map((at) => passes({ kind: 'sent', text: `${'-'.repeat(at - 1)}c` })), [true, false], query);
  }
});
