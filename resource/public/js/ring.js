// A list with a bound: what is added last pushes out what was added first.

export class Ring extends Array {
	#limit;

	constructor(limit) {
		super();
		this.#limit = limit;
	}

	// Of what is before the first there is nothing.
	at(index) { return this[index]; }

	push(item) {
		super.push(item);
		return this.length > this.#limit ? this.shift() : undefined;
	}

	clear() { this.length = 0; }
}
