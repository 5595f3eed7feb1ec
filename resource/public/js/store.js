// What the page keeps on this device, and nowhere else.

const prefix = 'gfws.';

export class Store {
	#storage;

	// Whether what was set last is kept: a storage may be full or blocked.
	keeps = true;

	constructor(storage) {
		this.#storage = storage;
	}

	get(name, fallback) {
		return attempt(() => JSON.parse(this.#storage.getItem(prefix + name))) ?? fallback;
	}

	getList(name) {
		const list = this.get(name);
		return Array.isArray(list) ? list : [];
	}

	set(name, value) {
		this.keeps = attempt(() => this.#storage.setItem(prefix + name, JSON.stringify(value)) ?? true) ?? false;
		return this.keeps;
	}

	remove(name) {
		attempt(() => this.#storage.removeItem(prefix + name));
	}

	list() {
		return attempt(() => Object.entries(this.#storage).filter(([key]) => key.startsWith(prefix)).sort()
			.map(([key, value]) => [key.slice(prefix.length), value.length])) ?? [];
	}

	clear() {
		for (const [name] of this.list()) this.remove(name);
	}
}

// Returns undefined where action throws.
export function attempt(action) {
	try {
		return action();
	} catch {
		return undefined;
	}
}
