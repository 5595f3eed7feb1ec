// What was sent before, to go back to. It is forgotten with the page.

import { push } from './bounded.js';

export const historyLimit = 100;

export class History {
	#items = [];
	#at = 0;
	#draft = null;

	add(item) {
		if (JSON.stringify(this.#items.at(-1)) !== JSON.stringify(item)) push(this.#items, item, historyLimit);
		this.#at = this.#items.length;
	}

	back(draft) {
		if (this.#at === this.#items.length) this.#draft = draft;
		return this.#at > 0 ? this.#items[this.#at -= 1] : null;
	}

	forward() {
		return this.#at < this.#items.length ? this.#items[this.#at += 1] ?? this.#draft : null;
	}
}
