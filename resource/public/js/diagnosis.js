// Why a connection could not be made. A browser tells a page nothing but that it failed.

import { ownPath } from './address.js';

const hints = { 401: 'check.token', 404: 'check.path', 426: 'refused.handshake', 429: 'refused.many' };
const afterOpen = { 1008: ['policy', 'signature'], 1009: ['size'], 3000: ['token'], 4401: ['token'] };
const beforeOpen = { forbidden: ['subprotocols'], silent: ['silent'] };

export function diagnose(url, close, page, answer) {
	if (close.wasOpen) return (afterOpen[close.code] ?? []).map((name) => ({ key: `check.${name}` }));
	if (answer) {
		const { status, message, endpoints } = answer;
		if (endpoints) return [{ key: 'refused.endpoints', params: { paths: endpoints.join(', ') } }];
		if (status === 0 || status === 101) return [{ key: status === 0 ? 'refused.down' : 'refused.again' }];
		const said = { key: 'refused.answer', params: { status, message: message || '–' } };
		return status in hints ? [said, { key: hints[status] }] : [said];
	}
	const { protocol, host } = new URL(url);
	const { origin } = new URL(page);
	const isSecure = protocol === 'wss:';
	if (close.cause === 'forbidden' && origin.startsWith('https:') && !isSecure) return [{ key: 'check.mixed' }];
	const keys = beforeOpen[close.cause]
		?? ['away', ...(isSecure ? ['certificate', 'plain'] : ['secure']), ...(ownPath(url, page) ? [] : ['origin']), 'path', 'token'];
	return keys.map((key) => ({ key: `check.${key}`, params: { host, origin } }));
}
