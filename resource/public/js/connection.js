// A WebSocket that comes back by itself. It knows nothing of the page.

import { isRetriable } from './closecodes.js';
import { emit, on } from './events.js';

export const handshakeTimeout = 10_000;
export const closeTimeout = 3000;
export const stableAfter = 5000;
export const firstDelay = 1500;
export const longestDelay = 15_000;

// Dispatches "message" with what came, and "change" with its state, which is "closed", "connecting", "open",
// "closing" or "waiting", until retryAt.
export class Connection extends EventTarget {
	#socket = null;
	#timer = null;
	#lastSent = null;

	reconnects = true;
	url = '';
	subprotocols = [];
	sign = null;
	state = 'closed';

	since = 0;
	retryAt = 0;

	failures = 0;

	close = null;

	get subprotocol() { return this.#socket?.protocol ?? ''; }

	connect({ url, subprotocols, sign = null }) {
		if (this.#socket) return;
		Object.assign(this, { url, subprotocols, sign });
		if (this.state === 'closed') this.failures = 0;
		this.#open();
	}

	retryNow() {
		if (this.state === 'waiting') this.#open();
	}

	disconnect() {
		if (this.state === 'open') {
			this.#enter('closing');
			this.#startTimer(closeTimeout, () => this.#giveUp('unanswered'));
			this.#socket.close(1000);
			return;
		}
		if (this.state === 'connecting' || this.state === 'waiting') {
			this.#dropSocket();
			this.#clearTimer();
			this.failures = 0;
			this.#enter('closed');
		}
	}

	// A page that is left may be come back to as it was, but for its sockets: it then calls retryNow.
	leave() {
		if (this.state !== 'open') return;
		this.#dropSocket();
		this.close = { code: 1000, reason: '', cause: 'left', wasOpen: true, byUs: true };
		this.failures = 0;
		this.#enter('waiting');
	}

	get canSend() { return this.state === 'open' && isOpen(this.#socket); }

	// Returns false if the connection is not open. sent is called when the message is out: a signed one goes
	// a little later, in its order, or never if the connection ends.
	send(data, sent = () => {}) {
		if (!this.canSend) return false;
		const socket = this.#socket;
		const write = (message) => {
			if (!isOpen(socket)) return;
			socket.send(message);
			sent();
		};
		if (this.sign) this.#lastSent = Promise.all([this.sign(data), this.#lastSent?.catch(() => {})]).then(([envelope]) => write(envelope));
		else write(data);
		return true;
	}

	#open() {
		this.#clearTimer();
		let socket;
		try {
			socket = new WebSocket(this.url, this.subprotocols);
		} catch {
			this.#giveUp('forbidden');
			return;
		}
		this.#socket = socket;
		socket.binaryType = 'arraybuffer';
		const hear = (type, handle) => on(socket, type, (event) => {
			if (socket === this.#socket) handle(event);
		});
		hear('open', () => {
			this.#clearTimer();
			this.#enter('open');
		});
		hear('message', ({ data }) => emit(this, 'message', data));
		hear('close', ({ code, reason }) => this.#ended({ code, reason }));
		this.#startTimer(handshakeTimeout, () => this.#giveUp('silent'));
		this.#enter('connecting');
	}

	#giveUp(cause) {
		this.#dropSocket();
		this.#ended({ code: 1006, reason: '', cause });
	}

	#dropSocket() {
		const socket = this.#socket;
		this.#socket = null;
		socket?.close();
	}

	#ended(how) {
		const byUs = this.state === 'closing';
		const wasOpen = byUs || this.state === 'open';
		const wasStable = this.state === 'open' && Date.now() - this.since >= stableAfter;
		this.#clearTimer();
		this.#socket = null;
		this.close = { ...how, wasOpen, byUs };
		this.failures = wasStable ? 1 : this.failures + 1;
		if (byUs || !this.reconnects || how.cause === 'forbidden' || !isRetriable(how.code)) {
			this.#enter('closed');
			return;
		}
		const delay = retryDelay(this.failures);
		this.#startTimer(delay, () => this.#open());
		this.retryAt = Date.now() + delay;
		this.#enter('waiting');
	}

	#enter(state) {
		this.state = state;
		this.since = Date.now();
		emit(this, 'change');
	}

	#startTimer(delay, action) {
		this.#clearTimer();
		this.#timer = setTimeout(action, delay);
	}

	#clearTimer() {
		clearTimeout(this.#timer);
	}
}

// A socket may be closing already, with the event still to come.
function isOpen(socket) {
	return socket.readyState === WebSocket.OPEN;
}

// Doubles with every failure, and is spread, so that the clients of a restarted server do not all come
// back at once. In milliseconds.
export function retryDelay(failures) {
	const ceiling = Math.min(longestDelay, firstDelay * 2 ** Math.max(0, failures - 1));
	return Math.round(ceiling * (0.5 + Math.random() / 2));
}
