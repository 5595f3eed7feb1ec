// Reads JSON token by token: to colour it, to find what is wrong, and to lay it out as the same message.

import { readJSON } from './calls.js';
import { attempt } from './store.js';

const pattern = /[ \t\n\r]+|"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)(?!\w)|[{}[\],:]/gy;

// A number that would be rounded stays as it is written, where the browser can.
const exact = (name, value, at) => (typeof value === 'number' && JSON.rawJSON && String(value) !== at.source ? JSON.rawJSON(at.source) : value);

// What stands from end on is no token.
export function tokenize(text) {
	const tokens = [];
	let last = null;
	let end = 0;
	for (const [found] of text.matchAll(pattern)) {
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
	const wrong = (at) => ({ key: 'json.wrong', params: { expects: expects === ',' ? `, ${open.at(-1)}` : expects }, at });
	for (const { kind, text: token, at } of tokens) {
		if (kind === 'space') continue;
		const next = step(expects, token, open, last);
		if (!next) return wrong(at);
		expects = next;
		last = token;
	}
	return end < text.length || expects !== 'end' ? wrong(end) : null;
}

// What is nested too deep is not read.
export const readExact = (text) => attempt(() => readJSON(text) && JSON.parse(text, exact));

// Laid out by the browser, with marks for what it could change. What is nested too deep stays as it is.
export function layOut(text) {
	const kept = [];
	const marked = text.replace(/"(?:[^"\\]|\\.)*"|[^\s{}[\],:]+/g, (found) => `"#${kept.push(found) - 1}"`);
	const laid = findError(text) ? null : attempt(() => JSON.stringify(JSON.parse(marked), null, 2));
	return laid?.replace(/"#(\d+)"/g, (mark, index) => kept[index]) ?? text;
}

export function position(text, at) {
	const before = text.slice(0, at).split('\n');
	return { line: before.length, column: before.at(-1).length + 1 };
}

// Returns what is expected after token, or false.
function step(expects, token, open, last) {
	if (token === open.at(-1) && (expects === ',' || '{['.includes(last))) {
		open.pop();
		return open.length > 0 ? ',' : 'end';
	}
	if (expects === '"key"') return token.startsWith('"') && ':';
	if (expects === ':') return token === ':' && 'value';
	if (expects === ',') return token === ',' && (open.at(-1) === '}' ? '"key"' : 'value');
	if (expects === 'end' || '}],:'.includes(token)) return false;
	if (token !== '{' && token !== '[') return open.length > 0 ? ',' : 'end';
	open.push(token === '{' ? '}' : ']');
	return token === '{' ? '"key"' : 'value';
}

function kindOf([first]) {
	if (first <= ' ') return 'space';
	if (first === '"') return 'string';
	if ('{}[],:'.includes(first)) return 'mark';
	return first < ':' ? 'number' : 'word';
}
