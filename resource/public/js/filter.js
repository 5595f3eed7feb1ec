// Decides which entries of the log are looked for.

const directions = {
	out: (entry) => entry.kind === 'sent',
	in: (entry) => entry.kind !== 'sent' && entry.kind !== 'event',
	event: (entry) => entry.kind === 'event',
};

export function makeFilter({ query, isPattern, direction, type, method }, words) {
	const tests = [];
	let problem = '';
	if (direction) tests.push(directions[direction]);
	if (type) tests.push((entry) => entry.type === type || (type === 'text' && entry.type === 'json'));
	if (method) tests.push((entry) => entry.method?.includes(method) ?? false);
	try {
		const find = query && finder(query, isPattern);
		if (find) tests.push((entry) => find(entry.text ?? words(entry)));
	} catch (error) {
		problem = error.message;
	}
	return { test: tests.length > 0 ? (entry) => tests.every((test) => test(entry)) : null, problem };
}

function finder(query, isPattern) {
	const pattern = isPattern && new RegExp(query, 'iu');
	const sought = query.toLowerCase();
	return pattern ? (text) => pattern.test(text) : (text) => text.toLowerCase().includes(sought);
}
