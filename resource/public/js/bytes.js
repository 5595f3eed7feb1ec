// Bytes as text, and text as bytes.

import { hex } from './format.js';

// Spaces, commas, colons and 0x may stand between. Returns bytes, or as error a key of words and an index.
export function readHex(text) {
	const bytes = [];
	const pattern = /(?:0x)?([0-9a-f]{2})|[\s,:]+/giy;
	while (pattern.lastIndex < text.length) {
		const at = pattern.lastIndex;
		const found = pattern.exec(text);
		if (!found) return { error: { key: 'bytes.hex', at } };
		if (found[1]) bytes.push(Number.parseInt(found[1], 16));
	}
	return { bytes: Uint8Array.from(bytes) };
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
