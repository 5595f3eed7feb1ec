// Turns values into short text that reads the same in every language.

const encoder = new TextEncoder();

// Returns text as bytes, and bytes as they are.
export function utf8(data) {
	return typeof data === 'string' ? encoder.encode(data) : data;
}

export function timeOfDay(date) {
	const local = new Date(date - date.getTimezoneOffset() * 60_000);
	return Number.isNaN(Number(local)) ? '–' : local.toISOString().slice(11, 23);
}

export function byteSize(bytes) {
	if (bytes < 1024) return `${bytes}\u00a0B`;
	// Rounding first: 1,048,575 bytes are 1 MiB, not 1024 KiB.
	if (bytes < 1023.95 * 1024) return `${oneDecimal(bytes / 1024)}\u00a0KiB`;
	return `${oneDecimal(bytes / 1024 / 1024)}\u00a0MiB`;
}

export function duration(milliseconds) {
	if (milliseconds < 9.95) return `${oneDecimal(milliseconds)}\u00a0ms`;
	if (milliseconds < 999.5) return `${Math.round(milliseconds)}\u00a0ms`;
	return `${oneDecimal(milliseconds / 1000)}\u00a0s`;
}

// Written as bytes first: of millions there is no time for as many strings.
export function hex(bytes) {
	const digits = utf8('0123456789abcdef');
	const written = new Uint8Array(bytes.length * 3).fill(32);
	bytes.forEach((byte, index) => {
		written[index * 3] = digits[byte >> 4];
		written[index * 3 + 1] = digits[byte & 15];
	});
	return new TextDecoder().decode(written).trimEnd();
}

export const cut = (text) => (text.length > 300 ? `${text.slice(0, 300)}…` : text);

function oneDecimal(value) {
	return String(Math.round(value * 10) / 10);
}
