// Which words tell what a close code of RFC 6455, of its registry or of gfws means.

const registered = /^(100[0-35-9]|101[0-5]|300[038]|440[13])$/;

export const Cause = {
	SILENT: 'silent',
	UNANSWERED: 'unanswered',
	FORBIDDEN: 'forbidden',
};

export function closeKey({ code, wasOpen = true, cause }) {
	if (cause) return `close.${cause}`;
	if (code === 1006 && !wasOpen) return 'close.refused';
	if (registered.test(code)) return `close.${code}`;
	return `close.${['reserved', 'reserved', 'library', 'application'][Math.floor(code / 1000) - 1] ?? 'unknown'}`;
}

// Not when the server was done, refused us for good, or speaks of what only its application knows.
export function isRetriable(code) {
	if (code >= 4000) return false;
	return ![1000, 1008, 1010, 3000, 3003].includes(code);
}
