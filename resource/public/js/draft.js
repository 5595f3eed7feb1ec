// What is being written, as the data that a WebSocket sends.

import { base64, readBase64, readHex } from './bytes.js';
import { hex, utf8 } from './format.js';
import { findError, position } from './json.js';
import { attempt } from './store.js';

export function readDraft(mode, text) {
	const { bytes, error } = { hex: readHex, base64: readBase64 }[mode]?.(text) ?? { error: mode === 'json' ? findError(text) : null };
	const at = error && { key: 'warning.at', params: { what: { key: error.key }, ...position(text, error.at) }, at: error.at };
	return { data: bytes ?? text, error: at };
}

export function convert(text, from, to) {
	const { data, error } = readDraft(from === 'json' ? 'text' : from, text);
	if (error || to === 'file') return text;
	if (to === 'hex' || to === 'base64') return (to === 'hex' ? hex : base64)(utf8(data));
	if (typeof data === 'string') return data;
	return attempt(() => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(data)) ?? text;
}
