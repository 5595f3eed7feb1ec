// A WebSocket that comes back by itself. It knows nothing of the page.

import { retryDelay } from './backoff.js';
import { Cause, isRetriable } from './closecodes.js';
import { emit, on } from './events.js';

export const State = {
	CLOSED: 'closed', CONNECTING: 'connecting', OPEN: 'open', CLOSING: 'closing', WAITING: 'waiting',
};

export const handshakeTimeout = 10000;
export const closeTimeout = 3000;
export const stableAfter = 5000;

export class Connection extends EventTarget {
	#platform;
	#socket = null;
	#timer = null;
	#lastSent = null;

	reconnects = true;
	url = '';
	subprotocols = [];
	sign = null;
	state = State.CLOSED;

	since = 0;
	retryAt = null;

	failures = 0;

	close = null;

	constructor(platform) {
		super();
		this.#platform = platform;
	}

	get subprotocol() { return this.#socket?.protocol ?? ''; }

	connect({ url, subprotocols, sign = null }) {
		if (this.#socket) return;
		Object.assign(this, { url, subprotocols, sign });
		if (this.state === State.CLOSED) this.failures = 0;
		this.#open();
	}

	retryNow() {
		if (this.state === State.WAITING) this.#open();
	}

	disconnect() {
		if (this.state === State.OPEN) {
			this.#enter(State.CLOSING);
			this.#startTimer(closeTimeout, () => this.#giveUp(Cause.UNANSWERED));
			this.#socket.close(1000);
			return;
		}
		if (this.state === State.CONNECTING || this.state === State.WAITING) {
			this.#dropSocket();
			this.#clearTimer();
			this.failures = 0;
			this.#enter(State.CLOSED);
		}
	}

	get canSend() { return this.state === State.OPEN && this.#isOpen(this.#socket); }

	// Returns false if the connection is not open. sent is called when the message is out: a signed one goes
	// a little later, in its order, or never if the connection ends.
	send(data, sent = () => {}) {
		if (!this.canSend) return false;
		const socket = this.#socket;
		const write = (message) => {
			if (!this.#isOpen(socket)) return;
			socket.send(message);
			sent();
		};
		if (this.sign) this.#lastSent = Promise.all([this.sign(data), this.#lastSent]).then(([envelope]) => write(envelope));
		else write(data);
		return true;
	}

	// A socket may be closing already, with the event still to come.
	#isOpen(socket) { return socket.readyState === this.#platform.WebSocket.OPEN; }

	#open() {
		this.#clearTimer();
		let socket;
		try {
			socket = new this.#platform.WebSocket(this.url, this.subprotocols);
		} catch {
			this.#ended({ code: 1006, reason: '', cause: Cause.FORBIDDEN });
			return;
		}
		this.#socket = socket;
		socket.binaryType = 'arraybuffer';
		const hear = (type, handle) => on(socket, type, (event) => {
			if (socket === this.#socket) handle(event);
		});
		hear('open', () => {
			this.#clearTimer();
			this.#enter(State.OPEN);
		});
		hear('message', ({ data }) => emit(this, 'message', data));
		hear('close', ({ code, reason }) => this.#ended({ code, reason }));
		this.#startTimer(handshakeTimeout, () => this.#giveUp(Cause.SILENT));
		this.#enter(State.CONNECTING);
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
		const byUs = this.state === State.CLOSING;
		const wasOpen = byUs || this.state === State.OPEN;
		const wasStable = this.state === State.OPEN && this.#platform.now() - this.since >= stableAfter;
		this.#clearTimer();
		this.#socket = null;
		this.close = { ...how, wasOpen, byUs };
		this.failures = wasStable ? 1 : this.failures + 1;
		if (byUs || !this.reconnects || how.cause === Cause.FORBIDDEN || !isRetriable(how.code)) {
			this.#enter(State.CLOSED);
			return;
		}
		const delay = retryDelay(this.failures, this.#platform.random);
		this.#startTimer(delay, () => this.#open());
		this.retryAt = this.#platform.now() + delay;
		this.#enter(State.WAITING);
	}

	#enter(state) {
		this.state = state;
		this.since = this.#platform.now();
		if (state !== State.WAITING) this.retryAt = null;
		emit(this, 'change');
	}

	#startTimer(delay, action) {
		this.#clearTimer();
		this.#timer = this.#platform.setTimeout(action, delay);
	}

	#clearTimer() {
		this.#platform.clearTimeout(this.#timer);
	}
}
