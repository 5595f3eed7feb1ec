// Why a connection could not be made. A browser tells a page nothing but that it failed.

import { ownPath } from './address.js';

const answered = { 401: ['token'], 404: ['path'], 426: ['handshake'], 429: ['many'] };
const afterOpen = { 1008: ['policy', 'signature'], 1009: ['size'], 3000: ['token'], 4401: ['token'] };
const beforeOpen = { forbidden: ['subprotocols'], silent: ['silent'] };

export function diagnose({ url, close, subprotocols }, page, answer) {
	const { protocol, host } = new URL(url);
	const { origin } = new URL(page);
	const checks = (...names) => names.map((name) => ({ key: `check.${name}`, params: { host, origin } }));
	const isOffering = subprotocols.length > 0;
	if (close.wasOpen) return checks(...afterOpen[close.code] ?? []);
	if (answer) {
		const { status, message, endpoints } = answer;
		if (endpoints) return [{ key: 'refused.endpoints', params: { paths: endpoints.join(', ') } }];
		if (status === 0) return checks('down');
		// The browser refuses an answer that selects none of what it offers.
		if (status === 101) return checks(isOffering ? 'selected' : 'again');
		return [{ key: 'refused.answer', params: { status, message: message || '–' } }, ...checks(...answered[status] ?? [])];
	}
	const isSecure = protocol === 'wss:';
	if (close.cause === 'forbidden' && origin.startsWith('https:') && !isSecure) return checks('mixed');
	return checks(...beforeOpen[close.cause]
		?? ['away', ...(isSecure ? ['certificate', 'plain'] : ['secure']), ...(ownPath(url, page) ? [] : ['origin']), 'path', 'token', ...(isOffering ? ['selected'] : [])]);
}
