// A list with a bound: what is added last pushes out what was added first.

export class Ring {
	#items = [];
	#start = 0;
	#limit;

	constructor(limit) {
		this.#limit = limit;
	}

	get length() { return this.#items.length - this.#start; }

	at(index) {
		return index < 0 ? undefined : this.#items[this.#start + index];
	}

	push(item) {
		this.#items.push(item);
		return this.length > this.#limit ? this.shift() : undefined;
	}

	shift() {
		const item = this.#items[this.#start];
		this.#items[this.#start] = undefined;
		this.#start += 1;
		if (this.#start > 1024 && this.#start > this.#items.length / 2) {
			this.#items = this.#items.slice(this.#start);
			this.#start = 0;
		}
		return item;
	}

	clear() {
		this.#items = [];
		this.#start = 0;
	}

	* [Symbol.iterator]() {
		for (let index = 0; index < this.length; index += 1) yield this.at(index);
	}
}
