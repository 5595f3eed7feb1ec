import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { languages, pickLanguage, translator } from '../../resource/public/js/strings.js';

const page = new URL('../../resource/public/index.html', import.meta.url);
const placeholders = (text) => (text.match(/\{\w+\}/g) ?? []).sort();

test('every language says the same things', () => {
  const { en, ...others } = languages;
  for (const [language, words] of Object.entries(others)) {
    assert.deepEqual(Object.keys(words).sort(), Object.keys(en).sort(), language);
    for (const key of Object.keys(en)) {
      assert.ok(words[key].trim(), `${key} is empty in ${language}`);
      assert.deepEqual(placeholders(words[key]), placeholders(en[key]), `${key} in ${language}`);
    }
  }
});

test('the page and its modules name only words that exist, and all of them', async () => {
  const folder = new URL('../../resource/public/', import.meta.url);
  const html = await readFile(page, 'utf8');
  const files = (await readdir(new URL('js/', folder))).filter((name) => name.endsWith('.js'));
  const modules = await Promise.all(files.map((name) => readFile(new URL(`js/${name}`, folder), 'utf8')));
  const named = [...html.matchAll(/data-(?:text|label)="([^"]+)"/g), ...modules.join('\n').matchAll(/(?:\bt\(|key: )'([\w.]+)'/g)];
  assert.ok(named.length > 100, 'the page has no words');
  for (const [, key] of named) assert.ok(languages.en[key], `no words for ${key}`);
});

test('the language is the one chosen, else the first that the page speaks', () => {
  const cases = [
    ['zh-CN', ['en'], 'zh-CN'],
    ['en', ['zh-CN'], 'en'],
    [null, ['zh-CN'], 'zh-CN'],
    [null, ['zh'], 'zh-CN'],
    [null, ['zh-Hant-TW'], 'zh-CN'],
    [null, ['ZH-cn'], 'zh-CN'],
    [null, ['en-GB', 'zh-CN'], 'en'],
    [null, ['fr', 'zh-CN', 'en'], 'zh-CN'],
    [null, ['fr', 'de'], 'en'],
    [null, [], 'en'],
    ['klingon', ['zh-CN'], 'zh-CN'],
    ['toString', ['fr'], 'en'],
  ];
  for (const [chosen, preferred, want] of cases) {
    assert.equal(pickLanguage(chosen, preferred), want, `${chosen} ${preferred}`);
  }
});

test('words are filled in, nested ones too', () => {
  const t = translator('en');
  assert.equal(t('phase.waiting', { seconds: 4 }), 'retry in 4 s');
  assert.equal(t('event.failed', { meaning: { key: 'close.silent' } }),
    'Could not connect: the server did not answer the handshake in time.');
  assert.equal(t('phase.waiting'), 'retry in {seconds} s');
  assert.equal(t('phase.waiting', { seconds: '{seconds}' }), 'retry in {seconds} s');
  assert.equal(t('no.such.key'), 'no.such.key');
});
