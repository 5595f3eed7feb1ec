// What the keyboard does beside Tab. Outside of the log no key works alone.

import { on } from './events.js';

export const shortcuts = [
	['send', 'Ctrl+Enter'],
	['history', '↑ ↓'],
	['connect', 'Alt+C', 'KeyC'],
	['message', 'Alt+M', 'KeyM'],
	['log', 'Alt+L', 'KeyL'],
	['search', 'Alt+S', 'KeyS'],
	['pause', 'Alt+P', 'KeyP'],
	['clear', 'Alt+K', 'KeyK'],
	['view', 'Alt+V', 'KeyV'],
	['newTab', 'Alt+T', 'KeyT'],
	['closeTab', 'Alt+W', 'KeyW'],
	['tab', 'Alt+1 – 9'],
	['help', 'Alt+/', 'Slash'],
	['rows', '↑ ↓ Home End'],
	['inspect', 'Enter'],
	['pin', 'P'],
	['copy', 'C'],
];

const views = ['messages', 'live', 'rooms'];

export function listen(page, tabs) {
	const focus = (name) => {
		tabs.active.view = 'messages';
		tabs.active.parts[name].focus();
	};
	const click = (part) => tabs.active.parts[part].click();
	const actions = {
		connect: () => click('toggle'),
		message: () => focus('field'),
		log: () => focus('scroller'),
		search: () => focus('query'),
		pause: () => click('pause'),
		clear: () => click('clear'),
		view: () => { tabs.active.view = views[(views.indexOf(tabs.active.view) + 1) % views.length]; },
		newTab: () => page.getElementById('tab-new').click(),
		closeTab: () => tabs.close(tabs.active),
		help: () => page.getElementById('open-help').click(),
	};
	on(page, 'keydown', (event) => {
		if (event.key === 'Escape') closeMenus(page, null);
		if (!event.altKey || event.ctrlKey || event.metaKey || page.querySelector('dialog[open]')) return;
		const found = shortcuts.find(([, , code]) => code === event.code);
		const [, digit] = /^Digit([1-9])$/.exec(event.code) ?? [];
		if (!found && !digit) return;
		event.preventDefault();
		if (digit) tabs.showAt(digit - 1);
		else actions[found[0]]();
	});
	on(page, 'pointerdown', (event) => closeMenus(page, event.target));
}

function closeMenus(page, target) {
	for (const menu of page.querySelectorAll('.menu[open]')) {
		if (menu.contains(target)) continue;
		if (menu.contains(page.activeElement)) menu.firstElementChild.focus();
		menu.open = false;
	}
}
