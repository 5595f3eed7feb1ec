// The rooms of the connection: join, see who is there, say something.

import { element, on, onSubmit, setText } from './dom.js';
import { timeOfDay } from './format.js';

const rpcPath = '/rpc';

export function roomsView(tab) {
	const { parts, rooms, t, presets, settings } = tab;
	const { name, text, talked } = parts;
	let present = '';
	let shown = null;
	let problem = null;

	const show = () => tab.soon(show, render);

	function render() {
		const room = rooms.get(present);
		for (const place of [parts.refused, parts.unsaid]) setText(place, problem?.place === place ? t(problem.key, problem.params) : '');
		parts.joined.replaceChildren(...rooms.names.map((joined) => element('li', {}, element('button', {
			class: 'room', dir: 'auto', text: joined, 'aria-pressed': String(joined === present), click: () => choose(joined),
		}))));
		parts.talk.hidden = !room;
		parts.alone.hidden = Boolean(room);
		setText(parts.present, room ? t(tab.isOpen ? 'rooms.members' : 'rooms.notOpen', { count: room.members.size }) : '');
		parts.members.replaceChildren(...(tab.isOpen && room ? [...room.members.values()] : []).map((member) => element('li', {}, nameOf(member, room))));
		const isThere = tab.isOpen && new URL(tab.address).pathname === rpcPath;
		parts.open.hidden = isThere || !settings.endpoints.includes(rpcPath);
		if (room) showTalk(room);
	}

	function showTalk(room) {
		const isAtEnd = shown !== room || talked.scrollHeight - talked.scrollTop - talked.clientHeight < 32;
		shown = room;
		setText(parts.room, present);
		talked.replaceChildren(...room.messages.map((message) => {
			const by = nameOf(message, room);
			if (message.event) return element('li', { class: 'soft', text: t(message.event, { name: by.textContent }) });
			const time = message.time ? timeOfDay(new Date(message.time)).slice(0, 8) : '';
			return element('li', {}, element('span', { class: 'soft', text: time }), ' ', element('b', {}, by), ' ', element('span', { text: message.text, dir: 'auto' }));
		}));
		if (isAtEnd) talked.scrollTop = talked.scrollHeight;
	}

	// A stranger is called by the beginning of the session's id.
	function nameOf({ user, session }, { own }) {
		const name = user || String(session ?? '?').slice(0, 8);
		return element('bdi', { title: session ?? '', text: t(own && session === own ? 'rooms.you' : 'rooms.member', { name }) });
	}

	function choose(joined) {
		present = joined;
		show();
	}

	async function attempt(call, place) {
		problem = null;
		try {
			await call;
		} catch ({ cause, message }) {
			problem = { place, key: `rooms.${cause}`, params: { message: message.replace(/^(.{150}).+(.{150})$/s, '$1…$2') } };
		}
		show();
		return problem === null;
	}

	onSubmit(parts.join, async () => {
		const wanted = name.value.trim();
		if (!wanted || !await attempt(rooms.join(wanted), parts.refused)) return;
		name.value = '';
		present = wanted;
		render();
		text.focus();
	});
	onSubmit(parts.say, async () => {
		if (text.value !== '' && await attempt(rooms.say(present, text.value), parts.unsaid)) text.value = '';
	});
	on(parts.leave, 'click', async () => {
		if (await attempt(rooms.leave(present), parts.unsaid)) name.focus();
	});
	on(parts.open, 'click', () => tab.openTab(presets.find((url) => new URL(url).pathname === rpcPath)));
	on(rooms, 'change', () => choose(rooms.get(present) ? present : rooms.names[0] ?? ''));
	on(tab.connection, 'change', show);
	tab.onLanguage(show);
	return { show };
}
