// Puts messages into signed envelopes, for an endpoint that has signature.keys.

import { base64 } from './bytes.js';
import { utf8 } from './format.js';

// Returns a function that promises the envelope of a string or of bytes: JSON with the time, a nonce and
// an HMAC-SHA256, to be sent as text. A browser can on https and on localhost only.
export function signer(key) {
	const imported = crypto.subtle.importKey('raw', utf8(key), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
	return async (data) => seal(await imported, data, Date.now(), crypto.getRandomValues(new Uint8Array(16)));
}

export async function seal(key, data, ts, nonceBytes) {
	const isText = typeof data === 'string';
	const type = isText ? 'text' : 'binary';
	const nonce = base64url(nonceBytes);
	const signed = await new Blob([`${ts}\n${nonce}\n${type}\n`, data]).arrayBuffer();
	const sig = base64url(new Uint8Array(await crypto.subtle.sign('HMAC', key, signed)));
	return JSON.stringify({ ts, nonce, data: isText ? data.toWellFormed?.() ?? data : base64(data), type, sig });
}

// How many bytes the envelope of data will have: text in quotes, bytes as Base64, and what is around them.
export function sealedSize(data) {
	return typeof data === 'string' ? utf8(JSON.stringify(data)).length + 127 : Math.ceil(data.length / 3) * 4 + 131;
}

function base64url(bytes) {
	return base64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
