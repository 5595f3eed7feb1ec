import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Calls, openLimit, readJSON, readLimit } from '../../resource/public/js/calls.js';

test('JSON is an object or a list that is not too long', () => {
  const cases = [
    ['{"a":1}', { a: 1 }], [' [1]', [1]], ['1', undefined], ['"a"', undefined], ['{', undefined], ['', undefined],
    [`[${' '.repeat(readLimit / 2)}]`, []], [`[${' '.repeat(readLimit)}]`, undefined],
  ];
  for (const [text, want] of cases) assert.deepEqual(readJSON(text), want, text.slice(0, 20));
});

test('a reply finds its call, once', () => {
  const calls = new Calls();
  assert.equal(calls.sent({ id: 1, method: 'a' }, 10), 'a');
  assert.equal(calls.sent({ id: '1', method: 'b' }, 20), 'b');
  assert.deepEqual(calls.received({ id: '1', result: null }, 25), { method: 'b', roundTrip: 5, isError: false, settle: undefined });
  assert.deepEqual(calls.received({ id: 1, error: {} }, 30), { method: 'a', roundTrip: 20, isError: true, settle: undefined });
  assert.deepEqual(calls.received({ id: 1, result: 1 }, 40), { method: '' });
});

test('what is no call and no reply is neither', () => {
  const calls = new Calls();
  for (const message of [undefined, [], {}, { method: 7 }, { id: 1 }]) assert.equal(calls.sent(message, 0), '');
  assert.equal(calls.sent({ method: 'notify' }, 0), 'notify');
  for (const message of [undefined, [], {}, { id: null, result: 1 }, { result: 1 }]) {
    assert.deepEqual(calls.received(message, 1), { method: '' });
  }
  assert.deepEqual(calls.received({ method: 'pushed', id: 1 }, 1), { method: 'pushed' });
});

test('calls that are never answered are forgotten', () => {
  const calls = new Calls();
  for (let id = 0; id <= openLimit; id += 1) calls.sent({ id, method: 'm' }, 0);
  assert.deepEqual(calls.received({ id: 0, result: 1 }, 1), { method: '' });
  assert.equal(calls.received({ id: 1, result: 1 }, 1).roundTrip, 1);
});

test('an id may be anything, and is none of another that reads alike', () => {
  const calls = new Calls();
  calls.sent({ id: '[object Object]', method: 'm' }, 0);
  for (const id of [{ toString: 0 }, {}, [], true, 0, '']) assert.deepEqual(calls.received({ id, result: 1 }, 1), { method: '' });
  assert.equal(calls.sent({ id: { toString: 0 }, method: 'm' }, 0), 'm');
});

test('of a long method the beginning is told', () => {
  const calls = new Calls();
  const method = 'm'.repeat(4e6);
  const told = [calls.sent({ id: 1, method }, 0), calls.received({ id: 1, result: 1 }, 1).method, calls.received({ method }, 1).method];
  assert.deepEqual(told.map(({ length }) => length), [99, 99, 99]);
});
