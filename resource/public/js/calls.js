// Matches JSON-RPC replies to the calls that they answer.

import { attempt } from './store.js';

export const readLimit = 4 * 1024 * 1024;
export const openLimit = 1000;

export function readJSON(data) {
	if (typeof data !== 'string' || data.length > readLimit || !/^\s*[{[]/.test(data)) return undefined;
	return attempt(() => JSON.parse(data));
}

export class Calls {
	#open = new Map();

	sent(message, at, settle) {
		const method = methodOf(message);
		if (method && (message.id ?? null) !== null) {
			this.#open.set(message.id, { method, at, settle });
			if (this.#open.size > openLimit) this.#open.delete(this.#open.keys().next().value);
		}
		return method;
	}

	received(message, at) {
		const method = methodOf(message);
		const call = this.#open.get(message?.id);
		if (method || !call || !('result' in message || 'error' in message)) return { method };
		this.#open.delete(message.id);
		return { method: call.method, roundTrip: at - call.at, isError: 'error' in message, settle: call.settle };
	}

	// What is open is settled without a reply.
	clear() {
		const open = [...this.#open.values()];
		this.#open.clear();
		for (const { settle } of open) settle?.();
	}
}

// Of a long one the beginning, which is all that is shown.
function methodOf(message) {
	return typeof message?.method === 'string' ? message.method.slice(0, 99) : '';
}
