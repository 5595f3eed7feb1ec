// The log as a file.

import { base64 } from './bytes.js';
import { element } from './dom.js';

export function jsonLines(entries, words) {
	return entries.map((entry) => {
		const { at, kind, type, size, method, roundTrip, isSigned, text, bytes } = entry;
		const time = new Date(at).toISOString();
		const line = kind === 'event' ? { time, kind, text: words(entry) }
			: { time, kind, type, size, method: method || undefined, roundTrip, signed: isSigned || undefined, ...(bytes ? { base64: base64(bytes) } : { text }) };
		return `${JSON.stringify(line)}\n`;
	}).join('');
}

export function har(entries, { url, version }) {
	const messages = entries.filter(({ kind }) => kind !== 'event');
	const common = { httpVersion: 'HTTP/1.1', cookies: [], headers: [], headersSize: -1, bodySize: -1 };
	const exchange = {
		startedDateTime: new Date(messages[0]?.at ?? 0).toISOString(),
		time: 0,
		request: { method: 'GET', url, queryString: [], ...common },
		response: { status: 101, statusText: 'Switching Protocols', redirectURL: '', content: { size: 0, mimeType: 'x-unknown' }, ...common },
		cache: {},
		timings: { send: 0, wait: 0, receive: 0 },
		_resourceType: 'websocket',
		_webSocketMessages: messages.map(({ kind, at, isSigned, text, bytes }) => ({
			type: kind === 'sent' ? 'send' : 'receive', time: at / 1000, opcode: bytes ? 2 : 1, data: bytes ? base64(bytes) : text, _signed: isSigned || undefined,
		})),
	};
	return JSON.stringify({ log: { version: '1.2', creator: { name: 'gfws', version: version || 'unknown' }, entries: [exchange] } }, null, 1);
}

export function download(name, type, content) {
	const url = URL.createObjectURL(new Blob([content], { type }));
	element('a', { href: url, download: name }).click();
	setTimeout(() => URL.revokeObjectURL(url), 0);
}
