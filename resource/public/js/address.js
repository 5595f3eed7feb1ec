// Addresses of WebSockets, and where a token goes in them.

import { attempt } from './store.js';

const parameter = 'access_token';

export const tokenWays = ['message', 'subprotocol', 'query'];

export const addressLimit = 20;

// A path is one of the page's own server. problem is a key of words, '' for none.
export function readAddress(written, page) {
	const text = written.trim();
	if (text === '') return { url: '', problem: 'address.empty' };
	const isSecure = new URL(page).protocol === 'https:';
	const url = attempt(() => resolve(text, page, isSecure ? 'wss:' : 'ws:'));
	if (!url) return { url: '', problem: 'address.invalid' };
	url.protocol = { 'http:': 'ws:', 'https:': 'wss:' }[url.protocol] ?? url.protocol;
	if (url.protocol !== 'ws:' && url.protocol !== 'wss:') return { url: '', problem: 'address.scheme' };
	url.hash = '';
	const isMixed = isSecure && url.protocol === 'ws:' && !isLoopback(url.hostname);
	return { url: url.href, problem: isMixed ? 'address.mixed' : '' };
}

function resolve(text, page, scheme) {
	if (/\s/.test(text)) throw new TypeError('no address');
	if (/^\/(?!\/)/.test(text)) return new URL(text, page);
	return new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `${scheme}//${text.replace(/^\/\//, '')}`);
}

// What a browser lets a secure page reach without TLS.
function isLoopback(host) {
	return /^(localhost|.*\.localhost|\[::1\]|127\..*)$/.test(host);
}

export function ownPath(url, page) {
	const { host, protocol, pathname, search } = new URL(url);
	const own = new URL(page);
	return host === own.host && (protocol === 'wss:') === (own.protocol === 'https:') ? pathname + search : '';
}

export function withToken({ url, subprotocols, token, way }) {
	const address = new URL(url);
	if (token && way === 'query') address.searchParams.set(parameter, token);
	return {
		url: address.href,
		subprotocols: token && way === 'subprotocol' ? [...subprotocols, `bearer.${token}`] : subprotocols,
		firstToken: way === 'message' ? token : '',
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
	return [kept, ...addresses.filter((other) => other !== kept)].slice(0, addressLimit);
}
