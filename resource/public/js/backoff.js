// How long to wait before trying again.

export const firstDelay = 1500;

export const longestDelay = 15000;

// Doubles with every failure, and is spread, so that the clients of a restarted server do not all come
// back at once. In milliseconds.
export function retryDelay(failures, random = Math.random) {
	const doublings = Math.max(0, failures - 1);
	const ceiling = Math.min(longestDelay, firstDelay * 2 ** doublings);
	return Math.round(ceiling * (0.5 + random() / 2));
}
