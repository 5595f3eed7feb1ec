// What of the log is shown: filtered piece by piece, so that a long log holds nobody up.

import { on } from './events.js';

export class LogQuery {
	#log;
	#test = null;
	#found = [];
	#scanned = 0;
	#pausedAt = null;

	problem = '';
	onlyPinned = false;

	constructor(log) {
		this.#log = log;
		on(log, 'clear', () => { if (this.isPaused) this.#pausedAt = log.next; });
		on(log, 'pin', () => { if (this.onlyPinned) this.#restart(); });
	}

	get isFiltered() { return this.#test !== null || this.onlyPinned; }

	filter({ test, problem }) {
		this.#test = test;
		this.problem = problem;
		this.#restart();
	}

	togglePinned() {
		this.onlyPinned = !this.onlyPinned;
		this.#restart();
	}

	get isPaused() { return this.#pausedAt !== null; }

	togglePause() { this.#pausedAt = this.isPaused ? null : this.#log.next; }

	get waiting() { return this.#log.next - this.#end; }

	get #end() { return this.#pausedAt ?? this.#log.next; }

	// Of the pinned alone it takes the pins away, and leaves the rest of the log.
	clear() {
		if (!this.onlyPinned) return this.#log.clear();
		for (const entry of this.#found) this.#log.togglePin(entry);
	}

	scan(isLate) {
		const { first } = this.#log;
		const kept = this.#found.findIndex(({ number }) => number >= first);
		if (!this.onlyPinned) this.#found.splice(0, kept < 0 ? Infinity : kept);
		this.#scanned = Math.max(this.#scanned, first);
		while (this.#test && this.#scanned < this.#end) {
			this.#take(this.#log.entry(this.#scanned));
			this.#scanned += 1;
			if (isLate()) break;
		}
		return this.#test !== null && this.#scanned < this.#end;
	}

	get length() { return this.isFiltered ? this.#found.length : Math.max(0, this.#end - this.#log.first); }

	get of() { return this.onlyPinned ? this.#log.pinned.length : this.#log.length; }

	at(index) { return this.isFiltered ? this.#found[index] : this.#log.entry(this.#log.first + index); }

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

	#restart() {
		this.#found = [];
		this.#scanned = this.onlyPinned ? Infinity : 0;
		if (this.onlyPinned) for (const entry of this.#log.pinned) this.#take(entry);
	}

	#take(entry) { if (this.#test?.(entry) ?? true) this.#found.push(entry); }
}
