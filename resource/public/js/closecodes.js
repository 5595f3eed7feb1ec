// Which words tell what a close code of RFC 6455, of its registry or of gfws means.

const registered = /^(100[0-35-9]|101[0-5]|300[038]|440[13])$/;

// What ended without the server has a cause: "silent", "unanswered", "forbidden" or "left".
export function closeKey({ code, wasOpen = true, cause }) {
	if (cause) return `close.${cause}`;
	if (code === 1006 && !wasOpen) return 'close.refused';
	if (registered.test(code)) return `close.${code}`;
	return `close.${['reserved', 'reserved', 'library', 'application'][Math.floor(code / 1000) - 1] ?? 'unknown'}`;
}

// Not when the server was done, refused us for good, or speaks of what only its application knows.
export function isRetriable(code) {
	return code < 4000 && ![1000, 1008, 1010, 3000, 3003].includes(code);
}
