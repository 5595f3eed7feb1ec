// Reads JSON token by token: to colour it, to find what is wrong, to lay it out without changing it.

const pattern = /[ \t\n\r]+|"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)(?!\w)|[{}[\],:]/y;

const depthLimit = 500;

export function tokenize(text) {
	const tokens = [];
	let last = null;
	let end = 0;
	while (end < text.length) {
		pattern.lastIndex = end;
		const found = pattern.exec(text)?.[0];
		if (!found) break;
		const token = { kind: kindOf(found), text: found };
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
	let at = 0;
	for (const { kind, text: token } of tokens) {
		if (kind !== 'space') expects = step(expects, kind, token, open);
		if (expects.startsWith('json')) return { key: expects, at };
		at += token.length;
	}
	if (end < text.length) return { key: text[end] === '"' ? 'json.string' : 'json.token', at: end };
	return expects === 'end' ? null : { key: 'json.unfinished', at };
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
	const isMark = kind === 'mark';
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
	if (!isMark) return open.length > 0 ? 'comma' : 'end';
	if (token !== '{' && token !== '[') return 'json.value';
	open.push(token);
	return token === '{' ? 'firstKey' : 'first';
}

function kindOf(token) {
	if (/^\s/.test(token)) return 'space';
	if (/^[-\d]/.test(token)) return 'number';
	if (token.startsWith('"')) return 'string';
	return /^\w/.test(token) ? 'word' : 'mark';
}
