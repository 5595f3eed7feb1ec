// What the page keeps on this device, and nowhere else.

const prefix = 'gfws.';

export class Store {
	#device;
	#own;

	// Whether what was set last is kept: a storage may be full or blocked.
	keeps = true;

	// own is of this window alone.
	constructor(device, own = device) {
		this.#device = device;
		this.#own = own;
	}

	get(name, fallback) {
		return attempt(() => JSON.parse(this.#own.getItem(prefix + name) ?? this.#device.getItem(prefix + name))) ?? fallback;
	}

	getList(name) {
		const list = this.get(name);
		return Array.isArray(list) ? list : [];
	}

	set(name, value, storage = this.#device) {
		this.keeps = attempt(() => storage.setItem(prefix + name, JSON.stringify(value)) ?? true) ?? false;
		return this.keeps;
	}

	// No other window changes it for this one; a new one begins with it.
	setOwn(name, value) {
		this.set(name, value, this.#own);
		this.set(name, value);
	}

	remove(name) {
		for (const storage of [this.#device, this.#own]) attempt(() => storage.removeItem(prefix + name));
	}

	// Returns names with their sizes.
	list() {
		const sizes = {};
		for (const [key, value] of [this.#device, this.#own].flatMap((storage) => attempt(() => Object.entries(storage)) ?? [])) {
			if (key.startsWith(prefix)) sizes[key.slice(prefix.length)] = value.length;
		}
		return Object.entries(sizes).sort();
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
