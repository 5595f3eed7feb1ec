// What was sent before, to go back to. It is forgotten with the page.

export const historyLimit = 100;

export class History {
	#items = [];
	#at = 0;
	#draft = null;

	add(item) {
		if (JSON.stringify(this.#items.at(-1)) !== JSON.stringify(item)) this.#items.push(item);
		if (this.#items.length > historyLimit) this.#items.shift();
		this.#at = this.#items.length;
	}

	back(draft) {
		if (this.#at === 0) return null;
		if (this.#at === this.#items.length) this.#draft = draft;
		this.#at -= 1;
		return this.#items[this.#at];
	}

	forward() {
		if (this.#at >= this.#items.length) return null;
		this.#at += 1;
		return this.#items[this.#at] ?? this.#draft;
	}
}
