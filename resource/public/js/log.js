// The log as data: what happened, oldest first, bounded.

import { emit } from './events.js';
import { Ring } from './ring.js';

export const entryLimit = 100_000;

export const contentLimit = 64 * 1024 * 1024;

// Dispatches "add" with the entry, "clear" and "pin". An entry has a number that grows, the time, and a
// kind: "sent", "echo", "reply" (with a roundTrip in milliseconds), "received" or "event". A message has
// its type ("text", "json" or "binary"), size and text or bytes; an event a tone and a message for t().
export class Log extends EventTarget {
	#entries = new Ring(entryLimit);
	#pinned = new Map();
	#content = 0;

	next = 1;

	get length() { return this.#entries.length; }

	get first() { return this.next - this.#entries.length; }

	entry(number) {
		return this.#entries.at(number - this.first) ?? this.#pinned.get(number);
	}

	get pinned() {
		return [...this.#pinned.values()].sort((a, b) => a.number - b.number);
	}

	isPinned(entry) { return this.#pinned.has(entry.number); }

	add(fields) {
		const entry = { number: this.next, at: Date.now(), ...fields };
		this.next += 1;
		this.#content += weight(entry);
		this.#content -= weight(this.#entries.push(entry));
		while (this.#content > contentLimit && this.length > 1) this.#content -= weight(this.#entries.shift());
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
	return entry?.text?.length ?? entry?.bytes?.length ?? 0;
}
