import assert from 'node:assert/strict';
import { test } from 'node:test';
import { base64, convert, hexDump, readBase64, readDraft, readHex } from '../../resource/public/js/bytes.js';

test('hexadecimal digits are read in pairs', () => {
  const cases = [
    ['00 ff 68', [0, 255, 104]], ['00FF68', [0, 255, 104]], ['0x00, 0xFF', [0, 255]], ['00:ff\n68', [0, 255, 104]], ['', []],
  ];
  for (const [text, want] of cases) assert.deepEqual([...readHex(text).bytes], want, text);
  for (const [text, at] of [['0', 0], ['00 f', 3], ['00 zz', 3], ['0x', 0], ['é0', 0]]) assert.deepEqual(readHex(text).error, { key: 'bytes.hex', at }, text);
});

test('Base64 is read in both alphabets, and written', () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
  const text = base64(bytes);
  assert.equal(text, Buffer.from(bytes).toString('base64'));
  for (const written of [text, Buffer.from(bytes).toString('base64url'), text.replace(/.{10}/g, '$&\n')]) {
    assert.deepEqual(readBase64(written), { bytes });
  }
  assert.deepEqual(readBase64('ab!d').error, { key: 'bytes.base64', at: 2 });
  assert.deepEqual(readBase64('abcde').error, { key: 'bytes.base64', at: 5 });
  assert.equal(base64(new Uint8Array(100_000)).length, 133_336);
});

test('a dump has offsets, bytes and letters', () => {
  assert.equal(hexDump(new Uint8Array()), '');
  assert.equal(hexDump(Uint8Array.from([0x68, 0x69, 0, 0x7f])), `000000  68 69 00 7f${' '.repeat(38)}hi..`);
  assert.equal(hexDump(new Uint8Array(17)).split('\n')[1].slice(0, 10), '000010  00');
});

test('a draft becomes what is sent', () => {
  assert.deepEqual(readDraft('text', '{'), { data: '{', error: null });
  assert.deepEqual(readDraft('json', '{"a":1}'), { data: '{"a":1}', error: null });
  assert.deepEqual([...readDraft('hex', '01').data], [1]);
  assert.deepEqual([...readDraft('base64', 'AQ==').data], [1]);
  assert.deepEqual(readDraft('hex', '01\nx').error, { key: 'warning.at', params: { what: { key: 'bytes.hex', at: 3 }, line: 2, column: 1 }, at: 3 });
});

test('a draft goes from mode to mode', () => {
  const cases = [
    ['你好', 'text', 'hex', 'e4 bd a0 e5 a5 bd'], ['e4 bd a0', 'hex', 'text', '你'], ['hi', 'text', 'base64', 'aGk='], ['aGk=', 'base64', 'hex', '68 69'],
    ['ff', 'hex', 'text', 'ff'], ['no hex', 'hex', 'text', 'no hex'], ['{"a":', 'json', 'text', '{"a":'], ['{"a":', 'json', 'hex', '7b 22 61 22 3a'], ['a', 'text', 'file', 'a'],
  ];
  for (const [text, from, to, want] of cases) assert.equal(convert(text, from, to), want, `${text} from ${from} to ${to}`);
});
