// Decides which entries of the log are looked for.

import { readHex } from './bytes.js';

// Nobody waits for a pattern to go through more of a message.
const triedMost = 10_000;

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
	if (/\)[*+{]/.test(query) && query.match(/[*+{|]/g).length > 1) throw new Error('repeats what repeats');
	const pattern = new RegExp(query, 'iu');
	return (entry) => pattern.test((entry.text ?? words(entry)).slice(0, triedMost));
}

function finder(query, words) {
	const sought = query.toLowerCase();
	const { bytes } = readHex(query);
	return (entry) => (entry.text ?? words(entry)).toLowerCase().includes(sought) || (bytes?.length > 0 && entry.bytes && holds(entry.bytes, bytes));
}

function holds(bytes, part) {
	let at = bytes.indexOf(part[0]);
	while (at >= 0 && !part.every((byte, index) => bytes[at + index] === byte)) at = bytes.indexOf(part[0], at + 1);
	return at >= 0;
}
