// What the server tells the page about itself, and the addresses that follow.

import { tokenWays } from './address.js';

// As long as a server may take to answer.
export const patient = () => ({ cache: 'no-store', signal: AbortSignal.timeout(5000) });

// What is missing has a default, and problem says what went wrong, '' for nothing.
export async function readSettings(fetch, page) {
	try {
		const response = await fetch(new URL('settings.json', page).href, patient());
		if (!response.ok) return parse({}, `HTTP ${response.status}`);
		const { code, message, data } = await response.json() ?? {};
		if (code !== 0) return parse({}, message || 'no code 0');
		return parse(data ?? {}, isLocalPath(data?.path) ? '' : `path ${JSON.stringify(data?.path)}`);
	} catch (error) {
		return parse({}, error.message);
	}
}

export function socketURL(page, { path, securePath }) {
	const isSecure = new URL(page).protocol === 'https:';
	const url = new URL((isSecure && securePath) || path, page);
	url.protocol = isSecure ? 'wss:' : 'ws:';
	url.hash = '';
	return url.href;
}

export async function readDocument(fetch, path) {
	const response = await fetch(path, patient());
	if (!response.ok) throw new Error(`HTTP ${response.status}`);
	return Object(await response.json());
}

// Asks the page's server how it would answer a handshake: status 0 where it does not answer at all,
// and null where it does not say. Where none of its endpoints is, it need not be asked.
export async function checkHandshake(fetch, page, endpoints, address, subprotocols) {
	if (endpoints.length > 0 && !endpoints.includes(new URL(address, page).pathname)) return { endpoints };
	try {
		const response = await fetch(new URL('check.json', page).href, {
			method: 'POST',
			headers: { 'Content-Type': 'application/json' },
			body: JSON.stringify({ address, subprotocols }),
			...patient(),
		});
		const { code, data } = await response.json();
		return code === 0 && Number.isInteger(data?.status) ? data : null;
	} catch (error) {
		return error instanceof TypeError ? { status: 0, message: '' } : null;
	}
}

function parse(data, problem) {
	const { path, securePath, maxMessageBytes, endpoints, auth, ...told } = problem ? {} : data;
	const ways = list(auth?.methods).map((way) => (way === 'first-message' ? 'message' : way));
	const settings = {
		version: text(told.version),
		path: path ?? '/ws',
		securePath: problem ? '/wss' : local(securePath),
		maxMessageBytes: Number.isSafeInteger(maxMessageBytes) ? Math.max(0, maxMessageBytes) : 0,
		endpoints: list(endpoints).filter(isLocalPath),
		asyncapi: local(told.asyncapi),
		stats: local(told.stats),
		subprotocol: text(auth?.subprotocol),
		tokenWays: [...new Set([...ways.filter((way) => tokenWays.includes(way)), ...tokenWays])],
	};
	return { settings, problem };
}

// A path with two slashes, or a backslash for one, would name another host.
function isLocalPath(path) {
	return typeof path === 'string' && /^\/(?![/\\])/.test(path);
}

const local = (path) => (isLocalPath(path) ? path : '');
const list = (value) => (Array.isArray(value) ? value : []);
const text = (value) => (typeof value === 'string' ? value : '');
