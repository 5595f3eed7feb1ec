// What the server tells the page about itself.

import { tokenWays } from './address.js';

// As long as a server may take to answer.
export const patient = () => ({ cache: 'no-store', signal: AbortSignal.timeout(5000) });

// What is missing has a default, and problem says what went wrong, '' for nothing.
export async function readSettings(page) {
	try {
		const { code, message, data } = await readDocument(new URL('settings.json', page).href);
		if (code !== 0) throw new Error(message || 'no code 0');
		if (!isLocalPath(data?.path)) throw new Error(`path ${JSON.stringify(data?.path)}`);
		return { settings: parse(data, page), problem: '' };
	} catch ({ message }) {
		return { settings: parse({ path: '/ws', securePath: '/wss' }, page), problem: message };
	}
}

export async function readDocument(path) {
	const response = await fetch(path, patient());
	if (!response.ok) throw new Error(`HTTP ${response.status}`);
	return Object(await response.json());
}

// Asks the page's server how it would answer a handshake: status 0 where it does not answer at all,
// and null where it does not say. Where none of its endpoints is, it need not be asked.
export async function checkHandshake(page, endpoints, address, subprotocols) {
	if (endpoints.length > 0 && !endpoints.includes(new URL(address, page).pathname)) return { endpoints };
	try {
		const response = await fetch(new URL('check.json', page).href, {
			method: 'POST',
			headers: { 'Content-Type': 'application/json' },
			body: JSON.stringify({ address, subprotocols }),
			...patient(),
		});
		const { code, data } = await response.json();
		return code === 0 ? data : null;
	} catch (error) {
		return error instanceof TypeError ? { status: 0, message: '' } : null;
	}
}

function parse({ version = '', path, securePath, maxMessageBytes = 0, endpoints, asyncapi, stats, auth }, page) {
	return {
		version,
		path: (page.startsWith('https:') && local(securePath)) || path,
		// Where there is no limit the server says -1.
		maxMessageBytes: Math.max(0, maxMessageBytes),
		endpoints: endpoints ?? [],
		asyncapi: local(asyncapi),
		stats: local(stats),
		subprotocol: auth?.subprotocol ?? '',
		tokenWay: auth?.methods?.find((way) => tokenWays.includes(way)) ?? tokenWays[0],
	};
}

// A path with two slashes, or a backslash for one, would name another host.
function isLocalPath(path) {
	return typeof path === 'string' && /^\/(?![/\\])/.test(path);
}

const local = (path) => (isLocalPath(path) ? path : '');
