// Recognises a message that comes back as the echo of one that was sent.

import { push } from './bounded.js';

export const pendingLimit = 1000;

export class Echoes {
	#pending = [];

	sent(data, at) {
		push(this.#pending, { data, at }, pendingLimit);
	}

	received(data, at) {
		const index = this.#pending.findIndex((sent) => isSame(sent.data, data));
		if (index < 0) return null;
		const [sent] = this.#pending.splice(index, 1);
		return at - sent.at;
	}

	clear() {
		this.#pending = [];
	}
}

function isSame(sent, received) {
	if (typeof sent !== typeof received || typeof sent === 'string') return sent === received;
	return sent.length === received.length && sent.every((byte, index) => byte === received[index]);
}
