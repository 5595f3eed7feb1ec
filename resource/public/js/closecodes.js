// Which words tell what a close code of RFC 6455, of its registry or of gfws means.

const registered = new Set([
	1000, 1001, 1002, 1003, 1005, 1006, 1007, 1008, 1009, 1010, 1011,
	1012, 1013, 1014, 1015, 3000, 3003, 3008, 4401, 4403,
]);

export const Cause = {
	SILENT: 'silent',
	UNANSWERED: 'unanswered',
	FORBIDDEN: 'forbidden',
};

export function closeKey({ code, wasOpen = true, cause }) {
	if (cause) return `close.${cause}`;
	if (code === 1006 && !wasOpen) return 'close.refused';
	if (registered.has(code)) return `close.${code}`;
	if (code >= 1000 && code < 3000) return 'close.reserved';
	if (code >= 3000 && code < 4000) return 'close.library';
	if (code >= 4000 && code < 5000) return 'close.application';
	return 'close.unknown';
}

// Not when the server was done, refused us for good, or speaks of what only its application knows.
export function isRetriable(code) {
	if (code >= 4000) return false;
	return ![1000, 1008, 1010, 3000, 3003].includes(code);
}
