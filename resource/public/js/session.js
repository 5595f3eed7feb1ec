// What goes over a connection, written into the log. It knows nothing of the page.

import { withoutToken } from './address.js';
import { Calls, readJSON } from './calls.js';
import { closeKey } from './closecodes.js';
import { Echoes } from './echoes.js';
import { emit, on } from './events.js';
import { utf8 } from './format.js';

export const callTimeout = 10_000;

export class Session extends EventTarget {
	#connection;
	#log;
	#echoes = new Echoes();
	#calls = new Calls();
	#nextID = 1;
	#opening;
	#auth;

	firstToken = '';

	sent = 0;
	received = 0;

	roundTrip = null;

	constructor(connection, log) {
		super();
		this.#connection = connection;
		this.#log = log;
		on(connection, 'change', () => this.#changed());
		on(connection, 'message', (event) => this.#receive(event.detail));
	}

	nextID() {
		this.#nextID += 1;
		return this.#nextID - 1;
	}

	// Returns false if the connection is not open.
	send(data, settle) {
		if (!this.#connection.canSend) return false;
		const at = performance.now();
		const message = readJSON(data);
		const method = this.#calls.sent(message, at, settle);
		const isSigned = Boolean(this.#connection.sign);
		this.#echoes.sent(data, at);
		return this.#connection.send(data, () => {
			this.sent += 1;
			this.#add(data, message, { kind: 'sent', method, isSigned });
		});
	}

	// Rejects with an error whose cause is "refused", with the server's words, "silent" or "notOpen".
	call(method, params) {
		const text = JSON.stringify({ jsonrpc: '2.0', id: this.nextID(), method, params });
		return new Promise((resolve, reject) => {
			const fail = (cause, message) => reject(new Error(message, { cause }));
			// A reply that comes later is one in the log all the same.
			const timer = setTimeout(() => fail('silent'), callTimeout);
			const settle = (reply) => {
				clearTimeout(timer);
				if (!reply) fail('notOpen');
				else if (reply.error) fail('refused', wordsOf(reply.error));
				else resolve(reply.result);
			};
			if (!this.send(text, settle)) settle();
		});
	}

	#receive(raw) {
		const at = performance.now();
		const data = typeof raw === 'string' ? raw : new Uint8Array(raw);
		const message = readJSON(data);
		const echo = this.#echoes.received(data, at);
		const { settle, ...call } = echo === null ? this.#calls.received(message, at) : { roundTrip: echo };
		const kind = (echo !== null && 'echo') || (call.roundTrip === undefined ? 'received' : 'reply');
		this.received += 1;
		this.roundTrip = call.roundTrip ?? this.roundTrip;
		this.#add(data, message, { kind, ...call });
		settle?.(message);
		if (kind === 'received' && call.method) emit(this, 'notification', message);
	}

	#add(data, message, fields) {
		const isText = typeof data === 'string';
		// The log does not get the token, not even from a server that sends it back.
		const text = data === this.#auth ? data.replace(/"token":.*/, '"token":"…"}}') : data;
		const content = isText ? { type: message === undefined ? 'text' : 'json', text, size: utf8(data).length }
			: { type: 'binary', bytes: data, size: data.length };
		emit(this, 'message', this.#log.add({ ...fields, ...content, opening: this.#opening }));
	}

	#changed() {
		const { state } = this.#connection;
		if (state === 'open') this.#opened();
		if (state === 'closed' || state === 'waiting') this.#ended();
	}

	#opened() {
		const { url, subprotocol } = this.#connection;
		const using = subprotocol && { key: 'event.subprotocol', params: { subprotocol: subprotocol.replace(/^bearer\..*/, 'bearer.…') } };
		this.#opening = this.#event('good', 'event.open', { url: withoutToken(url), using });
		if (!this.firstToken) return;
		this.#auth = JSON.stringify({ jsonrpc: '2.0', id: this.nextID(), method: 'auth', params: { token: this.firstToken } });
		this.send(this.#auth);
	}

	#ended() {
		this.#echoes.clear();
		this.#calls.clear();
		const { state, close, failures } = this.#connection;
		// Of a row of failed tries only the first is news.
		if (state === 'waiting' && !close.wasOpen && failures > 1) return;
		const name = (failures === 0 && state === 'closed' && 'stopped') || (!close.wasOpen && 'failed') || (close.byUs && 'closedByUs') || 'closed';
		const isBad = name === 'failed' || (name === 'closed' && close.code !== 1000);
		this.#event(isBad ? 'bad' : 'plain', `event.${name}`, close && closeParams(close));
	}

	#event(tone, key, params) {
		return this.#log.add({ kind: 'event', tone, message: { key, params } });
	}
}

function wordsOf({ message }) {
	return typeof message === 'string' ? message : JSON.stringify(message);
}

export function closeParams(close) {
	return {
		code: close.code,
		meaning: { key: closeKey(close) },
		reason: close.reason && { key: 'close.reason', params: { reason: close.reason } },
	};
}
