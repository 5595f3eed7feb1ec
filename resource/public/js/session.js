// What goes over a connection, written into the log. It knows nothing of the page.

import { withoutToken } from './address.js';
import { Calls, readJSON } from './calls.js';
import { closeKey } from './closecodes.js';
import { State } from './connection.js';
import { Echoes } from './echoes.js';
import { emit, on } from './events.js';
import { utf8 } from './format.js';

export class Session extends EventTarget {
	#connection;
	#log;
	#monotonic;
	#echoes = new Echoes();
	#calls = new Calls();
	#nextID = 1;
	#wasOpen = false;
	#isLossLogged = false;
	#opening;

	firstToken = '';

	sent = 0;
	received = 0;

	roundTrip = null;

	constructor(connection, log, monotonic) {
		super();
		this.#connection = connection;
		this.#log = log;
		this.#monotonic = monotonic;
		on(connection, 'change', () => this.#changed());
		on(connection, 'message', (event) => this.#receive(event.detail));
	}

	nextID() {
		this.#nextID += 1;
		return this.#nextID - 1;
	}

	// Returns false if the connection is not open. The log shows something else where shown is given.
	send(data, { shown = data, settle } = {}) {
		if (!this.#connection.canSend) return false;
		const at = this.#monotonic();
		const message = typeof data === 'string' ? readJSON(data) : undefined;
		const method = this.#calls.sent(message, at, settle);
		const isSigned = Boolean(this.#connection.sign);
		this.#echoes.sent(data, at);
		return this.#connection.send(data, () => {
			this.sent += 1;
			this.#add({ kind: 'sent', method, isSigned, ...content(data, message), ...(shown !== data && { text: shown }) });
		});
	}

	call(method, params) {
		const text = JSON.stringify({ jsonrpc: '2.0', id: this.nextID(), method, params });
		return new Promise((resolve, reject) => {
			const settle = ({ result, error }) => (error ? reject(new Error(error.message)) : resolve(result));
			if (!this.send(text, { settle })) settle({ error: { message: 'closed' } });
		});
	}

	#receive(raw) {
		const at = this.#monotonic();
		const data = typeof raw === 'string' ? raw : new Uint8Array(raw);
		const message = typeof data === 'string' ? readJSON(data) : undefined;
		const echo = this.#echoes.received(data, at);
		const { settle, ...call } = echo === null ? this.#calls.received(message, at) : { roundTrip: echo };
		const kind = (echo !== null && 'echo') || (call.roundTrip === undefined ? 'received' : 'reply');
		this.received += 1;
		this.roundTrip = call.roundTrip ?? this.roundTrip;
		this.#add({ kind, ...call, ...content(data, message) });
		settle?.(message);
		if (kind === 'received' && call.method) emit(this, 'notification', message);
	}

	#add(fields) {
		emit(this, 'message', this.#log.add({ ...fields, opening: this.#opening }));
	}

	#changed() {
		const { state } = this.#connection;
		if (state === State.OPEN) this.#opened();
		if (state === State.CLOSED || state === State.WAITING) this.#ended();
	}

	#opened() {
		this.#wasOpen = true;
		this.#isLossLogged = false;
		const { url, subprotocol } = this.#connection;
		const using = subprotocol && { key: 'event.subprotocol', params: { subprotocol: subprotocol.replace(/^bearer\..*/, 'bearer.…') } };
		this.#opening = this.#event('good', 'event.open', { url: withoutToken(url), using });
		if (!this.firstToken) return;
		const id = this.nextID();
		const text = (token) => JSON.stringify({ jsonrpc: '2.0', id, method: 'auth', params: { token } });
		// The log does not get the token.
		this.send(text(this.firstToken), { shown: text('…') });
	}

	#ended() {
		this.#echoes.clear();
		this.#calls.clear();
		const { state, close } = this.#connection;
		const wasOpen = this.#wasOpen;
		const isWaiting = state === State.WAITING;
		this.#wasOpen = false;
		// Of a row of failed tries only the first is news.
		if (!wasOpen && isWaiting && this.#isLossLogged) return;
		this.#isLossLogged = isWaiting;
		if (wasOpen) {
			const tone = close.byUs || close.code === 1000 ? 'plain' : 'bad';
			this.#event(tone, close.byUs ? 'event.closedByUs' : 'event.closed', closeParams(close));
		} else if (isWaiting || this.#connection.failures > 0) this.#event('bad', 'event.failed', closeParams(close));
		else this.#event('plain', 'event.stopped');
	}

	#event(tone, key, params) {
		return this.#log.add({ kind: 'event', tone, message: { key, params } });
	}
}

export function closeParams(close) {
	return {
		code: close.code,
		meaning: { key: closeKey(close) },
		reason: close.reason ? { key: 'close.reason', params: { reason: close.reason } } : '',
	};
}

function content(data, message) {
	if (typeof data !== 'string') return { type: 'binary', bytes: data, size: data.length };
	return { type: message === undefined ? 'text' : 'json', text: data, size: utf8(data).length };
}
