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

// Each connection is an entry: a tab may have had several, to other addresses.
export function har(entries, version) {
	const openings = new Set(entries.map(({ opening }) => opening).filter(Boolean));
	const exchanges = [...openings].map((opening) => exchange(opening, entries.filter((entry) => entry.opening === opening)));
	return JSON.stringify({ log: { version: '1.2', creator: { name: 'gfws', version: version || 'unknown' }, entries: exchanges } }, null, 1);
}

function exchange({ at: began, message: { params } }, messages) {
	const time = Math.max(0, messages.at(-1).at - began);
	const common = { httpVersion: 'HTTP/1.1', cookies: [], headers: [], headersSize: -1, bodySize: -1 };
	return {
		startedDateTime: new Date(began).toISOString(),
		time,
		request: { method: 'GET', url: params.url, queryString: [], ...common },
		response: { status: 101, statusText: 'Switching Protocols', redirectURL: '', content: { size: 0, mimeType: 'x-unknown' }, ...common },
		cache: {},
		timings: { send: 0, wait: 0, receive: time },
		_resourceType: 'websocket',
		_webSocketMessages: messages.map(({ kind, at, isSigned, text, bytes }) => ({
			type: kind === 'sent' ? 'send' : 'receive', time: at / 1000, opcode: bytes ? 2 : 1, data: bytes ? base64(bytes) : text, _signed: isSigned || undefined,
		})),
	};
}

export function download(name, type, content) {
	const url = URL.createObjectURL(new Blob([content], { type }));
	element('a', { href: url, download: name }).click();
	setTimeout(() => URL.revokeObjectURL(url), 0);
}
