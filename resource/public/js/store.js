// What the page keeps on this device, and nowhere else.

const prefix = 'gfws.';

export class Store {
	#storage;

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
		attempt(() => this.#storage.setItem(prefix + name, JSON.stringify(value)));
	}

	remove(name) {
		attempt(() => this.#storage.removeItem(prefix + name));
	}

	list() {
		return attempt(() => Object.keys(this.#storage).filter((key) => key.startsWith(prefix)).sort()
			.map((key) => ({ name: key.slice(prefix.length), size: this.#storage.getItem(key).length }))) ?? [];
	}

	clear() {
		for (const { name } of this.list()) this.remove(name);
	}
}

export const deviceStorage = () => attempt(() => globalThis.localStorage);

// Returns undefined where action throws.
export function attempt(action) {
	try {
		return action();
	} catch {
		return undefined;
	}
}
