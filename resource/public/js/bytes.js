// Bytes as text, and text as bytes: what is written, as the data that a WebSocket sends.

import { hex, utf8 } from './format.js';
import { findError, position } from './json.js';
import { attempt } from './store.js';

// Spaces, commas, colons and 0x may stand between. Returns bytes, or as error a key of words and an index.
export function readHex(text) {
	const bytes = [];
	let at = 0;
	for (const [found, pair] of text.matchAll(/(?:0x)?([0-9a-f]{2})|[\s,:]+/giy)) {
		if (pair) bytes.push(Number.parseInt(pair, 16));
		at += found.length;
	}
	return at < text.length ? { error: { key: 'bytes.hex', at } } : { bytes: Uint8Array.from(bytes) };
}

export function readBase64(text) {
	const wrong = text.search(/[^\w+/=\s-]/);
	try {
		const plain = text.replace(/\s+/g, '').replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '');
		return { bytes: Uint8Array.from(atob(plain), (letter) => letter.charCodeAt(0)) };
	} catch {
		return { error: { key: 'bytes.base64', at: wrong < 0 ? text.length : wrong } };
	}
}

export function base64(bytes) {
	let letters = '';
	for (let at = 0; at < bytes.length; at += 0x8000) letters += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
	return btoa(letters);
}

export function hexDump(bytes) {
	const lines = [];
	for (let at = 0; at < bytes.length; at += 16) {
		const row = bytes.subarray(at, at + 16);
		const letters = String.fromCharCode(...row).replace(/[^ -~]/g, '.');
		lines.push(`${at.toString(16).padStart(6, '0')}  ${hex(row).padEnd(47)}  ${letters}`);
	}
	return lines.join('\n');
}

export function readDraft(mode, text) {
	const { bytes, error } = { hex: readHex, base64: readBase64 }[mode]?.(text) ?? { error: mode === 'json' ? findError(text) : null };
	const at = error && { key: 'warning.at', params: { what: error, ...position(text, error.at) }, at: error.at };
	return { data: bytes ?? text, error: at };
}

export function convert(text, from, to) {
	const { data, error } = readDraft(from === 'json' ? 'text' : from, text);
	if (error || to === 'file') return text;
	if (to === 'hex' || to === 'base64') return (to === 'hex' ? hex : base64)(utf8(data));
	if (typeof data === 'string') return data;
	return attempt(() => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(data)) ?? text;
}
