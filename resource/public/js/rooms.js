// The rooms of a JSON-RPC endpoint: who is in them and what is said.

import { push } from './bounded.js';
import { emit, on } from './events.js';

export const messageLimit = 500;

export class Rooms extends EventTarget {
	#session;
	#rooms = new Map();
	#url;

	constructor(session) {
		super();
		this.#session = session;
		on(session, 'notification', (event) => this.#notified(event.detail));
	}

	get names() { return [...this.#rooms.keys()]; }

	get(name) { return this.#rooms.get(name); }

	async join(name) {
		const { session, members, history } = await this.#session.call('room.join', { room: name }) ?? {};
		const room = { own: session, members: new Map(), messages: [] };
		for (const member of objects(members)) room.members.set(member.session, member);
		for (const message of objects(history)) say(room, message);
		this.#rooms.set(name, room);
		emit(this, 'change');
	}

	async leave(name) {
		await this.#session.call('room.leave', { room: name });
		this.#rooms.delete(name);
		emit(this, 'change');
	}

	say(name, text) {
		return this.#session.call('room.say', { room: name, text });
	}

	// At another address the rooms are others.
	async rejoin(url) {
		if (url !== this.#url) this.#rooms.clear();
		this.#url = url;
		emit(this, 'change');
		await Promise.allSettled(this.names.map((name) => this.join(name)));
	}

	#notified({ method, params }) {
		const room = this.#rooms.get(params?.room);
		if (!room) return;
		if (method === 'room.message') say(room, params);
		if (method === 'room.joined') room.members.set(params.session, params);
		if (method === 'room.left') room.members.delete(params.session);
		if (method === 'room.joined' || method === 'room.left') push(room.messages, { ...params, event: method }, messageLimit);
		emit(this, 'change');
	}
}

const objects = (value) => [value].flat().filter((one) => one instanceof Object);

// A message may be in the history and come once more as it is said.
function say(room, message) {
	if (room.messages.some(({ seq }) => seq !== undefined && seq === message.seq)) return;
	push(room.messages, message, messageLimit);
}
