// Addresses of WebSockets, and where a token goes in them.

import { attempt } from './store.js';

const parameter = 'access_token';

export const tokenWays = ['first-message', 'subprotocol', 'query'];

export const addressLimit = 20;

// A path is one of the page's own server. Returns '' for what is no address of a WebSocket.
export function readAddress(written, page) {
	const text = written.trim();
	const isWhole = /^([a-z][a-z0-9+.-]*:\/)?\//i.test(text);
	const url = /^\S+$/.test(text) && attempt(() => new URL(isWhole ? text : `//${text}`, page));
	if (!url) return '';
	url.protocol = url.protocol.replace('http', 'ws');
	url.hash = '';
	return /^wss?:$/.test(url.protocol) ? url.href : '';
}

export function ownPath(url, page) {
	const { origin, pathname, search } = new URL(url.replace(/^ws/, 'http'));
	return origin === new URL(page).origin ? pathname + search : '';
}

export function withToken({ url, subprotocols, token, way }) {
	const address = new URL(url);
	if (token && way === 'query') address.searchParams.set(parameter, token);
	return {
		url: address.href,
		subprotocols: token && way === 'subprotocol' ? [...subprotocols, `bearer.${token}`] : subprotocols,
		firstToken: way === 'first-message' ? token : '',
	};
}

export function withoutToken(url) {
	const address = new URL(url);
	address.username = '';
	address.password = '';
	if (address.searchParams.has(parameter)) address.searchParams.delete(parameter);
	return address.href;
}

export function readSubprotocols(written) {
	return [...new Set(written.split(/[\s,]+/).filter(Boolean))];
}

export function remember(addresses, url) {
	const kept = withoutToken(url);
	return [...new Set([kept, ...addresses])].slice(0, addressLimit);
}
