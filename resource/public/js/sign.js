// Signs messages for an endpoint that has signature.keys. A browser has what it
// takes on https and on localhost only.

const nonceBytes = 16;

/**
 * Returns a function that puts a message into an envelope of its own: JSON with
 * the time, a nonce and an HMAC-SHA256 over them and the message. What it returns
 * is sent as text; a string stands for a text message, bytes for a binary one.
 *
 * @param {string} key what the server has too, at least 16 bytes in UTF-8
 * @returns {Promise<(data: string | Uint8Array) => Promise<string>>}
 */
export async function signer(key) {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const imported = await crypto.subtle.importKey('raw', new TextEncoder().encode(key), algorithm, false, ['sign']);
  return (data) => seal(imported, data, Date.now(), crypto.getRandomValues(new Uint8Array(nonceBytes)));
}

/**
 * Returns the envelope of data at a time and with a nonce.
 *
 * @param {CryptoKey} key
 * @param {string | Uint8Array} data
 * @param {number} time in milliseconds since 1970
 * @param {Uint8Array} nonce 16 bytes, never used before
 */
export async function seal(key, data, time, nonce) {
  const isText = typeof data === 'string';
  const bytes = isText ? new TextEncoder().encode(data) : data;
  const envelope = {
    ts: time,
    nonce: base64url(nonce),
    data: isText ? data.toWellFormed?.() ?? data : base64(bytes),
    type: isText ? 'text' : 'binary',
  };
  const head = new TextEncoder().encode(`${envelope.ts}\n${envelope.nonce}\n${envelope.type}\n`);
  const signed = new Uint8Array(head.length + bytes.length);
  signed.set(head);
  signed.set(bytes, head.length);
  envelope.sig = base64url(new Uint8Array(await crypto.subtle.sign('HMAC', key, signed)));
  return JSON.stringify(envelope);
}

function base64(bytes) {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

function base64url(bytes) {
  return base64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
