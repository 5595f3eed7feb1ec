import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closeKey, isRetriable } from '../../resource/public/js/closecodes.js';
import { languages } from '../../resource/public/js/strings.js';

test('a close has the words that apply', async (t) => {
  const cases = [
    [{ code: 1000 }, 'close.1000'],
    [{ code: 1001 }, 'close.1001'],
    [{ code: 1005 }, 'close.1005'],
    [{ code: 1006, wasOpen: true }, 'close.1006'],
    [{ code: 1006, wasOpen: false }, 'close.refused'],
    [{ code: 1006, wasOpen: false, cause: 'silent' }, 'close.silent'],
    [{ code: 1006, wasOpen: true, cause: 'unanswered' }, 'close.unanswered'],
    [{ code: 1006, wasOpen: false, cause: 'forbidden' }, 'close.forbidden'],
    [{ code: 1015 }, 'close.1015'],
    [{ code: 1016 }, 'close.reserved'],
    [{ code: 2999 }, 'close.reserved'],
    [{ code: 3000 }, 'close.3000'],
    [{ code: 3001 }, 'close.library'],
    [{ code: 3999 }, 'close.library'],
    [{ code: 4000 }, 'close.application'],
    [{ code: 4401 }, 'close.4401'],
    [{ code: 4403 }, 'close.4403'],
    [{ code: 4999 }, 'close.application'],
    [{ code: 999 }, 'close.unknown'],
    [{ code: 5000 }, 'close.unknown'],
  ];
  for (const [close, key] of cases) {
    await t.test(JSON.stringify(close), () => assert.equal(closeKey(close), key));
  }
});

test('every code has words in every language', () => {
  for (const [language, words] of Object.entries(languages)) {
    for (let code = 0; code <= 5000; code += 1) {
      for (const wasOpen of [true, false]) {
        assert.ok(words[closeKey({ code, wasOpen })], `${code} has no words in ${language}`);
      }
    }
    for (const cause of ['silent', 'unanswered', 'forbidden', 'left']) {
      assert.ok(words[closeKey({ code: 1006, cause })], `${cause} has no words in ${language}`);
    }
  }
});

test('coming back makes sense after some codes only', () => {
  const back = [1001, 1002, 1003, 1005, 1006, 1007, 1009, 1011, 1012, 1013, 1014, 1015, 3001, 3008];
  const stay = [1000, 1008, 1010, 3000, 3003, 4000, 4321, 4999];
  assert.deepEqual(back.filter((code) => !isRetriable(code)), []);
  assert.deepEqual(stay.filter((code) => isRetriable(code)), []);
});
