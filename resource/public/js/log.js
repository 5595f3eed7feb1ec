// The log as data: what happened, oldest first, bounded.

import { emit } from './events.js';

export const entryLimit = 100_000;

export const contentLimit = 64 * 1024 * 1024;

// Dispatches "add" with the entry, "clear" and "pin". An entry's kind is "sent", "echo", "reply", "received"
// or "event". A message has a type ("text", "json" or "binary"), an event a tone and a message for t().
export class Log extends EventTarget {
	#entries = new Map();
	#pinned = new Map();
	#content = 0;

	next = 1;

	get length() { return this.#entries.size; }

	get first() { return this.next - this.length; }

	entry(number) {
		return this.#entries.get(number) ?? this.#pinned.get(number);
	}

	get pinned() {
		return [...this.#pinned.values()].sort((a, b) => a.number - b.number);
	}

	isPinned(entry) { return this.#pinned.has(entry.number); }

	add(fields) {
		const entry = { number: this.next, at: Date.now(), ...fields };
		this.#entries.set(this.next, entry);
		this.next += 1;
		this.#content += weight(entry);
		while (this.length > entryLimit || (this.#content > contentLimit && this.length > 1)) {
			const { first } = this;
			this.#content -= weight(this.#entries.get(first));
			this.#entries.delete(first);
		}
		emit(this, 'add', entry);
		return entry;
	}

	togglePin(entry) {
		if (!this.#pinned.delete(entry.number)) this.#pinned.set(entry.number, entry);
		emit(this, 'pin');
	}

	clear() {
		this.#entries.clear();
		this.#content = 0;
		emit(this, 'clear');
	}
}

function weight(entry) {
	return entry.text?.length ?? entry.bytes?.length ?? 0;
}
