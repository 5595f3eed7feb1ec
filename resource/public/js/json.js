// Reads JSON token by token: to colour it, to find what is wrong, to lay it out without changing it.

import { readJSON } from './calls.js';

const pattern = /[ \t\n\r]+|"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)(?!\w)|[{}[\],:]/gy;

const depthLimit = 500;

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
	for (const { kind, text: token, at } of tokens) {
		if (kind !== 'space') expects = step(expects, kind, token, open);
		if (expects.startsWith('json')) return { key: expects, at };
	}
	if (end < text.length) return { key: text[end] === '"' ? 'json.string' : 'json.token', at: end };
	return expects === 'end' ? null : { key: 'json.unfinished', at: end };
}

// Keeps the digits of numbers that would be rounded, where the browser can.
export function readExact(text) {
	const value = readJSON(text);
	const exact = (name, read, at) => (typeof read === 'number' && String(read) !== at.source ? JSON.rawJSON(at.source) : read);
	return value && JSON.rawJSON && /\d{16}/.test(text) ? JSON.parse(text, exact) : value;
}

export function position(text, at) {
	const before = text.slice(0, at).split('\n');
	return { line: before.length, column: before.at(-1).length + 1 };
}

// Returns null for what is nested too deep: its indent has no end.
export function layOut(text) {
	if (findError(text)) return text;
	const laid = [];
	let depth = 0;
	let isFirst = false;
	for (const { kind, text: token } of tokenize(text).tokens) {
		if (kind === 'space') continue;
		const closes = token === '}' || token === ']';
		if (closes) depth -= 1;
		if (closes ? !isFirst : isFirst || laid.at(-1) === ',') laid.push('\n', '  '.repeat(depth));
		laid.push(token === ':' ? ': ' : token);
		isFirst = token === '{' || token === '[';
		if (isFirst) depth += 1;
		if (depth > depthLimit) return null;
	}
	return laid.join('');
}

function step(expects, kind, token, open) {
	const closer = open.at(-1) === '{' ? '}' : ']';
	if (open.length > 0 && token === closer && ['comma', 'first', 'firstKey'].includes(expects)) {
		open.pop();
		return open.length > 0 ? 'comma' : 'end';
	}
	switch (expects) {
		case 'firstKey':
		case 'key': return token.startsWith('"') ? 'colon' : 'json.key';
		case 'colon': return token === ':' ? 'value' : 'json.colon';
		case 'comma': return token === ',' ? (closer === '}' && 'key') || 'value' : 'json.comma';
		case 'end': return 'json.end';
		default:
	}
	if (kind !== 'mark') return open.length > 0 ? 'comma' : 'end';
	if (token !== '{' && token !== '[') return 'json.value';
	open.push(token);
	return token === '{' ? 'firstKey' : 'first';
}

function kindOf([first]) {
	if (first <= ' ') return 'space';
	if (first === '"') return 'string';
	if ('{}[],:'.includes(first)) return 'mark';
	return first < ':' ? 'number' : 'word';
}
