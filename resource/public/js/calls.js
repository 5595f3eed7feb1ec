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
		if (typeof message?.method !== 'string') return '';
		if ((message.id ?? null) !== null) {
			this.#open.set(keyOf(message), { method: message.method, at, settle });
			if (this.#open.size > openLimit) this.#open.delete(this.#open.keys().next().value);
		}
		return message.method;
	}

	received(message, at) {
		if (typeof message?.method === 'string') return { method: message.method };
		const call = this.#open.get(keyOf(message));
		if (!call || !('result' in message || 'error' in message)) return { method: '' };
		this.#open.delete(keyOf(message));
		return { method: call.method, roundTrip: at - call.at, isError: 'error' in message, settle: call.settle };
	}

	// What is open is settled without a reply.
	clear() {
		const open = [...this.#open.values()];
		this.#open.clear();
		for (const { settle } of open) settle?.();
	}
}

function keyOf(message) {
	return typeof message?.id + message?.id;
}
