// One tab: a connection, what goes over it, and the views of both.

import { ownPath, withoutToken } from './address.js';
import { composer } from './composer.js';
import { Connection } from './connection.js';
import { connectView } from './connectview.js';
import { onChoice, partsOf, press, renumber } from './dom.js';
import { on } from './events.js';
import { liveView } from './liveview.js';
import { Log } from './log.js';
import { logView } from './logview.js';
import { Rooms } from './rooms.js';
import { roomsView } from './roomsview.js';
import { Samples } from './samples.js';
import { Session } from './session.js';
import { statusView } from './statusview.js';

export class Workspace extends EventTarget {
	#frames = new Set();
	#views;
	#timer;

	constructor(context, number, wanted) {
		super();
		Object.assign(this, context, { number, wanted });
		this.root = context.template.content.firstElementChild.cloneNode(true);
		this.parts = partsOf(this.root);
		renumber(this.root, `-${number}`);
		this.t = (...how) => this.language.t(...how);
		this.log = new Log();
		this.connection = new Connection();
		this.session = new Session(this.connection, this.log);
		this.samples = new Samples();
		this.rooms = new Rooms(this.session);
		this.onLanguage(() => this.language.apply(this.root));
		this.composer = composer(this);
		this.form = connectView(this);
		statusView(this);
		this.#views = { messages: logView(this), live: liveView(this), rooms: roomsView(this) };
		this.#listen();
	}

	get isOpen() { return this.connection.state === 'open'; }

	get address() {
		const { url } = this.connection;
		return url ? withoutToken(url) : this.wanted.address;
	}

	get limit() {
		return this.address && ownPath(this.address, this.page) ? this.settings.maxMessageBytes : 0;
	}

	get title() {
		if (!this.address) return this.t('tabs.empty');
		const { host, pathname } = new URL(this.address);
		return ownPath(this.address, this.page) ? pathname : host + pathname.replace(/\/$/, '');
	}

	get view() { return this.parts.work.dataset.view; }

	set view(name) {
		this.parts.work.dataset.view = name;
		press(this.root.querySelectorAll('.view'), 'view', name);
		for (const other of Object.keys(this.#views)) this.parts[other].hidden = other !== name;
		this.parts.composer.hidden = name !== 'messages';
		this.#views[name].show();
	}

	onLanguage(action) {
		on(this, 'language', action);
		action();
	}

	// Runs action at the next frame, once however often owner asks for it.
	soon(owner, action) {
		if (this.#frames.has(owner)) return;
		this.#frames.add(owner);
		requestAnimationFrame(() => {
			this.#frames.delete(owner);
			action();
		});
	}

	close() {
		this.connection.disconnect();
		clearInterval(this.#timer);
		this.root.remove();
		this.tab.item.remove();
	}

	#listen() {
		onChoice(this.root.querySelectorAll('.view'), 'view', (name) => { this.view = name; });
		for (const example of this.root.querySelectorAll('[data-example]')) {
			on(example, 'click', () => this.composer.suggest(example.dataset.example || 'text', example.textContent));
		}
		on(this.session, 'message', (event) => this.samples.count(event.detail));
		on(this.connection, 'change', () => {
			if (this.isOpen) this.rooms.rejoin(this.connection.url);
			this.composer.edited(this.isOpen);
		});
		this.#timer = setInterval(() => {
			this.samples.tick(this.connection.state);
			this.#views.live.tick();
		}, 1000);
	}
}
