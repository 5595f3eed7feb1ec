// What of the log is shown: filtered piece by piece, so that a long log holds nobody up.

import { on } from './events.js';
import { Ring } from './ring.js';

const batch = 256;

export class LogQuery {
	#log;
	#test = null;
	#found = new Ring(Infinity);
	#scanned = 0;
	#pausedAt = null;

	onlyPinned = false;

	constructor(log) {
		this.#log = log;
		on(log, 'clear', () => { if (this.isPaused) this.#pausedAt = log.next; });
	}

	get isFiltered() { return this.#test !== null || this.onlyPinned; }

	filter(test) {
		this.#test = test;
		this.#found.clear();
		this.#scanned = this.#log.first;
	}

	get isPaused() { return this.#pausedAt !== null; }

	togglePause() { this.#pausedAt = this.isPaused ? null : this.#log.next; }

	get waiting() { return this.#log.next - this.#end; }

	get #end() { return this.#pausedAt ?? this.#log.next; }

	scan(isLate) {
		const { first } = this.#log;
		while (this.#found.length > 0 && this.#found.at(0).number < first) this.#found.shift();
		this.#scanned = Math.max(this.#scanned, first);
		while (this.#test && this.#scanned < this.#end) {
			const stop = Math.min(this.#end, this.#scanned + batch);
			for (; this.#scanned < stop; this.#scanned += 1) {
				const entry = this.#log.entry(this.#scanned);
				if (this.#test(entry)) this.#found.push(entry);
			}
			if (isLate()) return this.#scanned < this.#end;
		}
		return false;
	}

	get length() {
		if (this.onlyPinned) return this.#log.pinned.length;
		return this.#test ? this.#found.length : Math.max(0, this.#end - this.#log.first);
	}

	at(index) {
		if (this.onlyPinned) return this.#log.pinned[index];
		return this.#test ? this.#found.at(index) : this.#log.entry(this.#log.first + index);
	}

	indexOf(number) {
		let low = 0;
		let high = this.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if (this.at(middle).number < number) low = middle + 1;
			else high = middle;
		}
		return low;
	}
}
