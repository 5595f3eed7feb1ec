// The rooms of the connection: join, see who is there, say something.

import { element, on, onSubmit, setText } from './dom.js';
import { timeOfDay } from './format.js';

const rpcPath = '/rpc';

export function roomsView(tab) {
	const { parts, rooms, t, presets, settings } = tab;
	const { name, text, talked } = parts;
	let present = '';
	let problem = null;

	const show = () => tab.soon(show, render);

	function render() {
		const room = rooms.get(present);
		const isThere = tab.isOpen && new URL(tab.address).pathname === rpcPath;
		setText(parts.refused, problem ? t(problem.key, problem.params) : '');
		parts.joined.replaceChildren(...rooms.names.map((joined) => element('li', {}, element('button', {
			class: 'room', text: joined, 'aria-pressed': String(joined === present), click: () => choose(joined),
		}))));
		parts.talk.hidden = !room;
		parts.alone.hidden = Boolean(room);
		setText(parts.present, room ? t(tab.isOpen ? 'rooms.members' : 'rooms.notOpen', { count: room.members.size }) : '');
		parts.members.replaceChildren(...[...(tab.isOpen && room?.members.values()) || []].map((member) => element('li', { text: nameOf(member) })));
		setText(parts.rule, t(isThere ? 'rooms.lesson' : 'rooms.elsewhere'));
		setText(parts.open, t('rooms.open', { path: rpcPath }));
		parts.open.hidden = isThere || !settings.endpoints.includes(rpcPath);
		if (room) showTalk(room);
	}

	function showTalk({ messages }) {
		const isAtEnd = talked.scrollHeight - talked.scrollTop - talked.clientHeight < 32;
		setText(parts.room, present);
		talked.replaceChildren(...[...messages].map((message) => {
			const by = nameOf(message);
			if (message.event) return element('li', { class: 'soft', text: t(message.event, { name: by }) });
			const time = message.time ? timeOfDay(new Date(message.time)).slice(0, 8) : '';
			return element('li', {}, element('span', { class: 'soft', text: time }), ' ', element('b', { text: by }), ' ',
				element('span', { text: message.text, dir: 'auto' }));
		}));
		if (isAtEnd) talked.scrollTop = talked.scrollHeight;
	}

	function choose(joined) {
		present = joined;
		show();
	}

	async function attempt(call) {
		problem = null;
		try {
			await call;
		} catch ({ message }) {
			problem = { key: tab.isOpen ? 'rooms.refused' : 'rooms.notOpen', params: { message } };
		}
		show();
		return problem === null;
	}

	onSubmit(parts.join, async () => {
		const wanted = name.value.trim();
		if (!wanted || !await attempt(rooms.join(wanted))) return;
		name.value = '';
		present = wanted;
		render();
		text.focus();
	});
	onSubmit(parts.say, async () => {
		if (text.value !== '' && await attempt(rooms.say(present, text.value))) text.value = '';
	});
	on(parts.leave, 'click', async () => {
		await attempt(rooms.leave(present));
		name.focus();
	});
	on(parts.open, 'click', () => tab.openTab(presets.find((url) => new URL(url).pathname === rpcPath)));
	on(rooms, 'change', () => choose(rooms.get(present) ? present : rooms.names[0] ?? ''));
	on(tab.connection, 'change', show);
	tab.onLanguage(show);
	return { show };
}

function nameOf({ user, session }) {
	return user || session || '?';
}
