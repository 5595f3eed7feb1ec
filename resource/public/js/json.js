// Reads JSON token by token: to colour it, and to find what is wrong. Numbers keep their digits.

import { readJSON } from './calls.js';
import { attempt } from './store.js';

const pattern = /[ \t\n\r]+|"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)(?!\w)|[{}[\],:]/gy;

// A number that would be rounded stays as it is written, where the browser can.
const exact = (name, value, at) => (typeof value === 'number' && JSON.rawJSON && String(value) !== at.source ? JSON.rawJSON(at.source) : value);

// Reads no more tokens than most; what stands from end on is none, or comes after them.
export function tokenize(text, most = Infinity) {
	const tokens = [];
	let last = null;
	let end = 0;
	for (const [found] of text.matchAll(pattern)) {
		if (tokens.length === most) break;
		const token = { kind: kindOf(found), text: found, at: end };
		if (found === ':' && last?.kind === 'string') last.kind = 'key';
		if (token.kind !== 'space') last = token;
		tokens.push(token);
		end += found.length;
	}
	return { tokens, end };
}

export function findError(text) {
	const { tokens, end } = tokenize(text);
	const open = [];
	let expects = 'value';
	let last = '';
	for (const { kind, text: token, at } of tokens) {
		if (kind === 'space') continue;
		const next = step(expects, token, open, last);
		if (!next) return { key: 'json.wrong', at };
		expects = next;
		last = token;
	}
	if (end < text.length) return { key: 'json.wrong', at: end };
	return expects === 'end' ? null : { key: 'json.unfinished', at: end };
}

export const readExact = (text) => readJSON(text) && JSON.parse(text, exact);

// What is nested too deep stays as it is.
export const layOut = (text) => attempt(() => JSON.stringify(JSON.parse(text, exact), null, 2)) ?? text;

export function position(text, at) {
	const before = text.slice(0, at).split('\n');
	return { line: before.length, column: before.at(-1).length + 1 };
}

// Returns what is expected after token, or false.
function step(expects, token, open, last) {
	const outer = open.at(-1);
	const after = () => (open.length > 0 ? 'comma' : 'end');
	if (outer && token === (outer === '{' ? '}' : ']') && (expects === 'comma' || last === outer)) {
		open.pop();
		return after();
	}
	switch (expects) {
		case 'key': return token.startsWith('"') && 'colon';
		case 'colon': return token === ':' && 'value';
		case 'comma': return token === ',' && (outer === '{' ? 'key' : 'value');
		case 'end': return false;
		default:
	}
	if ('}],:'.includes(token)) return false;
	if (token !== '{' && token !== '[') return after();
	open.push(token);
	return token === '{' ? 'key' : 'value';
}

function kindOf([first]) {
	if (first <= ' ') return 'space';
	if (first === '"') return 'string';
	if ('{}[],:'.includes(first)) return 'mark';
	return first < ':' ? 'number' : 'word';
}
