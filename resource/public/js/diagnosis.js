// Why a connection could not be made. A browser tells a page nothing but that it failed.

import { Cause } from './closecodes.js';

const refusals = { 101: 'again', 400: 'bad', 401: 'token', 403: 'forbidden', 404: 'path', 426: 'handshake', 429: 'many', 503: 'busy', 0: 'down' };
const afterOpen = { 1008: ['policy', 'signature'], 1009: ['size'], 3000: ['token'], 4401: ['token'] };

export function diagnose(url, close, page, answer) {
	if (close.wasOpen) return (afterOpen[close.code] ?? []).map((name) => ({ key: `check.${name}` }));
	if (answer) {
		const { status, message } = answer;
		const key = refusals[status] ?? (status >= 500 ? 'failed' : 'other');
		return [{ key: `refused.${key}`, params: { status, message: message || '–' } }];
	}
	const { protocol, host } = new URL(url);
	const { origin } = new URL(page);
	const isSecure = protocol === 'wss:';
	const isMixed = origin.startsWith('https:') && !isSecure;
	const isOther = origin !== url.replace(/^ws/, 'http').slice(0, origin.length);
	const keys = {
		[Cause.FORBIDDEN]: [isMixed ? 'mixed' : 'subprotocols'],
		[Cause.SILENT]: ['silent'],
	}[close.cause] ?? ['away', ...(isSecure ? ['certificate', 'plain'] : ['secure']), ...(isOther ? ['origin'] : []), 'path', 'token'];
	return keys.map((key) => ({ key: `check.${key}`, params: { host, origin } }));
}
