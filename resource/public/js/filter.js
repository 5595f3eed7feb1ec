// Decides which entries of the log are looked for.

import { readHex } from './bytes.js';
import { hex } from './format.js';

// Nobody waits for a pattern to go through more of a message: without repeats, with one, with two.
const triedMost = [10_000, 5000, 500];

const ways = { sent: 'out', event: 'event' };

// Returns the test, null where all is wanted, and the engine's reason why a pattern is none.
export function makeFilter({ query, isPattern, direction, type, method }, words) {
	const tests = [];
	let problem = '';
	if (direction) tests.push(({ kind }) => direction === (ways[kind] ?? 'in'));
	if (type) tests.push((entry) => entry.type === type || (type === 'text' && entry.type === 'json'));
	if (method) tests.push((entry) => entry.method?.includes(method));
	try {
		if (query) tests.push((isPattern ? patternFinder : finder)(query, words));
	} catch (error) {
		problem = error.message;
	}
	return { test: tests.length > 0 ? (entry) => tests.every((test) => test(entry)) : null, problem };
}

function patternFinder(query, words) {
	const repeats = query.replace(/\\./g, '').match(/[*+]|\{\d+,/g) ?? [];
	const most = triedMost[repeats.length];
	if (!most || (/\)[*+{]/.test(query) && query.match(/[*+{|]|[^(]\?/g).length > 1)) throw new Error('repeats too often');
	const pattern = new RegExp(query, 'iu');
	return (entry) => pattern.test((entry.text ?? words(entry)).slice(0, most));
}

function finder(query, words) {
	const sought = query.toLowerCase();
	const { bytes } = readHex(query);
	const pairs = bytes?.length > 0 ? hex(bytes) : sought;
	return (entry) => (entry.bytes ? hex(entry.bytes).includes(pairs) : (entry.text ?? words(entry)).toLowerCase().includes(sought));
}
