import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findError, layOut, position, readExact, tokenize } from '../../resource/public/js/json.js';

const good = [
  '{}', '[]', ' [ ] ', '0', '-1.5e+10', '"a"', '"\\u00e9\\n\\"\\\\"', 'true', 'null', '{"a":{"b":[1,2,{"c":null}]},"d":""}', '[[],{}]', '\t{\r\n"a" : 1}',
];

test('it takes what JSON.parse takes, and nothing else', () => {
  const bad = [
    '', ' ', '{', '}', '[', '[1', '[1,]', '[,1]', '{"a"}', '{"a":}', '{"a":1,}', '{a:1}', "{'a':1}", '01', '1.', '.5', '+1', '1e', '--1', 'tru', 'nulls', 'NaN',
    '"a', '"\n"', '"\\x"', '"\\u12"', '[1 2]', '{"a":1 "b":2}', '{} {}', '1 2', '[1}', '{"a":1]', '[1:2]', '{1:2}', '{true:1}', ':', ',', '[}', '\u00a0{}', '{"a":1}x',
  ];
  for (const text of good) {
    JSON.parse(text);
    assert.equal(findError(text), null, text);
  }
  for (const text of bad) {
    assert.throws(() => JSON.parse(text), undefined, text);
    assert.ok(findError(text), `${JSON.stringify(text)} passes`);
  }
});

test('it says where and what', () => {
  const cases = [
    ['{\n  "a": oops\n}', 'value', 2, 8],
    ['[1 2]', ', ]', 1, 4],
    ['{"a" 1}', ':', 1, 6],
    ['{"a":1,}', '"key"', 1, 8],
    ['{a:1}', '"key"', 1, 2],
    ['[1,\n]', 'value', 2, 1],
    ['["abc', 'value', 1, 2],
    ['{"a":', 'value', 1, 6],
    ['[{"a":1}', ', ]', 1, 9],
    ['1 2', 'end', 1, 3],
  ];
  for (const [text, expects, line, column] of cases) {
    const error = findError(text);
    assert.equal(error.params.expects, expects, text);
    assert.deepEqual(position(text, error.at), { line, column }, text);
  }
});

test('laid out it is the same message', () => {
  const odd = ['{"2":1,"1":2,"2":3}', '{"a":1.0,"b":1e2,"c":12345678901234567890}', '["\\u00e9","#0","\\"#1\\""]', '{"__proto__":1}'];
  const tokensOf = (text) => tokenize(text).tokens.filter(({ kind }) => kind !== 'space').map((token) => token.text);
  for (const text of [...good, ...odd]) assert.deepEqual(tokensOf(layOut(text)), tokensOf(text));
  assert.equal(layOut('{"id":1,"a":[],"b":[2,{}]}'), '{\n  "id": 1,\n  "a": [],\n  "b": [\n    2,\n    {}\n  ]\n}');
  assert.equal(layOut('{oops'), '{oops');
});

test('tokens are all of the text, keys apart from strings', () => {
  const { tokens, end } = tokenize('{"a" : "b", "c":[true,-1]}');
  assert.equal(tokens.map(({ text }) => text).join(''), '{"a" : "b", "c":[true,-1]}');
  assert.equal(end, 26);
  assert.deepEqual(tokens.filter(({ kind }) => !['mark', 'space'].includes(kind)).map(({ kind }) => kind), ['key', 'string', 'key', 'word', 'number']);
});

test('it takes its time in proportion to the text', () => {
  for (const text of ['['.repeat(50_000), `"${'\\'.repeat(50_001)}`, '1'.repeat(100_000), `${'[1,'.repeat(20_000)}`]) findError(text);
});

test('what is no object and no list is not read', () => {
  assert.deepEqual([readExact('{"a":1234567890123456}'), readExact('{'), readExact('1')], [{ a: 1234567890123456 }, undefined, undefined]);
});

test('what is nested too deep is not read, and not laid out', () => {
  assert.equal(readExact('['.repeat(50_000) + ']'.repeat(50_000)), undefined);
  for (const depth of [100_000, 1_000_000]) assert.equal(layOut('['.repeat(depth) + ']'.repeat(depth)).length, 2 * depth);
  const deep = '['.repeat(400) + ']'.repeat(400);
  assert.equal(layOut(deep).replace(/\s/g, ''), deep);
});
