import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byteSize, duration, hex, timeOfDay, utf8 } from '../../resource/public/js/format.js';

const plain = (text) => text.replaceAll('\u00a0', ' ');

test('byteSize', () => {
  const cases = [
    [0, '0 B'], [1, '1 B'], [1023, '1023 B'], [1024, '1 KiB'], [1536, '1.5 KiB'],
    [65536, '64 KiB'], [65537, '64 KiB'], [70000, '68.4 KiB'],
    [1048575, '1 MiB'], [1048576, '1 MiB'], [16 * 1048576, '16 MiB'],
  ];
  for (const [bytes, want] of cases) assert.equal(plain(byteSize(bytes)), want);
});

test('duration', () => {
  const cases = [
    [0, '0 ms'], [0.04, '0 ms'], [0.84, '0.8 ms'], [9.94, '9.9 ms'], [9.96, '10 ms'],
    [12.4, '12 ms'], [999.4, '999 ms'], [999.6, '1 s'], [1540, '1.5 s'],
  ];
  for (const [milliseconds, want] of cases) assert.equal(plain(duration(milliseconds)), want);
});

test('a number and its unit are not torn apart', () => {
  for (const text of [byteSize(5), byteSize(2048), byteSize(5e6), duration(1), duration(50), duration(5000)]) {
    assert.match(text, /^[\d.]+\u00a0\w+$/);
  }
});

test('timeOfDay', () => {
  assert.equal(timeOfDay(new Date(2026, 0, 2, 3, 4, 5, 6)), '03:04:05.006');
  assert.equal(timeOfDay(new Date(2026, 0, 2, 23, 59, 59, 999)), '23:59:59.999');
  assert.equal(timeOfDay(new Date('garbage')), '–');
});

test('hex', () => {
  assert.equal(hex(new Uint8Array()), '');
  assert.equal(hex(new Uint8Array([0, 15, 16, 255])), '00 0f 10 ff');
});

test('utf8 counts what a WebSocket sends', () => {
  const cases = [['', 0], ['a', 1], ['é', 2], ['你好', 6], ['😀', 4], ['\ud83d', 3]];
  for (const [text, want] of cases) assert.equal(utf8(text).length, want);
});
