import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { seal, sealedSize, signer } from '../../resource/public/js/sign.js';

const secret = 'sixteen bytes at least';

function importKey() {
  return crypto.subtle.importKey('raw', new TextEncoder().encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
}

/** What the server computes from what came. */
function expected({ ts, nonce, type, data }) {
  const bytes = type === 'binary' ? Buffer.from(data, 'base64') : Buffer.from(data);
  return createHmac('sha256', secret).update(`${ts}\n${nonce}\n${type}\n`).update(bytes).digest('base64url');
}

test('the envelope is the one that the server takes', async () => {
  // The same stands in utility/envelope, where it was computed by another tool.
  const envelope = await seal(await importKey(), 'hello "you"', 1767225600000, Uint8Array.of(1, ...new Uint8Array(15)));
  assert.equal(envelope, '{"ts":1767225600000,"nonce":"AQAAAAAAAAAAAAAAAAAAAA","data":"hello \\"you\\"","type":"text",'
    + '"sig":"TrX-ztUkA_6tYiRNux1BBwRs-21Hup6L4XxtB32Oflw"}');
});

test('text and bytes are signed as they are', async (t) => {
  const sign = signer(secret);
  const cases = ['', 'hello', '日本 \u2028 <&>', 'lone \ud800 half', new Uint8Array(), Uint8Array.of(0, 255, 10), new Uint8Array(70000)];
  for (const data of cases) {
    await t.test(`${typeof data} of ${data.length}`, async () => {
      const sent = await sign(data);
      const envelope = JSON.parse(sent);
      // Half a character becomes another of three bytes, and is counted as the escape that it is in JSON.
      const halves = typeof data === 'string' && !data.isWellFormed() ? 1 : 0;
      assert.equal(sealedSize(data), Buffer.byteLength(sent) + 3 * halves);
      assert.equal(envelope.type, typeof data === 'string' ? 'text' : 'binary');
      assert.equal(envelope.sig, expected(envelope));
      assert.equal(Buffer.from(envelope.nonce, 'base64url').length, 16);
      assert.ok(Math.abs(Date.now() - envelope.ts) < 60_000);
    });
  }
});

test('no two envelopes are the same', async () => {
  const sign = signer(secret);
  const nonces = await Promise.all(Array.from({ length: 100 }, async () => JSON.parse(await sign('again')).nonce));
  assert.equal(new Set(nonces).size, 100);
});
