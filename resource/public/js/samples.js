// What happened in each of the last seconds.

import { push } from './bounded.js';

export const secondsKept = 300;

export class Samples {
	seconds = [];
	#current = empty();

	count({ kind, size, roundTrip }) {
		const way = kind === 'sent' ? 'sent' : 'received';
		this.#current[way] += 1;
		this.#current[`${way}Bytes`] += size;
		if (roundTrip !== undefined) this.#current.roundTrips.push(roundTrip);
	}

	tick(state) {
		const { roundTrips, ...counts } = this.#current;
		push(this.seconds, { ...counts, roundTrip: median(roundTrips), state }, secondsKept);
		this.#current = empty();
	}
}

function empty() {
	return { sent: 0, received: 0, sentBytes: 0, receivedBytes: 0, roundTrips: [] };
}

function median(values) {
	return Float64Array.from(values).sort()[values.length >> 1] ?? null;
}
