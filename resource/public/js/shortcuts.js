// What the keyboard does beside Tab. Outside of the log no key works alone.

import { on } from './events.js';

// The words of each, and what is pressed.
export const shortcuts = [
	['composer.send', 'Ctrl+Enter'],
	['help.history', '↑ ↓'],
	['help.connect', 'Alt+C'],
	['help.message', 'Alt+M'],
	['help.log', 'Alt+L'],
	['log.search', 'Alt+S'],
	['log.pause', 'Alt+P'],
	['log.clear', 'Alt+K'],
	['help.view', 'Alt+V'],
	['tabs.new', 'Alt+T'],
	['help.closeTab', 'Alt+W'],
	['help.tab', 'Alt+1 – 9'],
	['help.help', 'Alt+/'],
	['help.rows', '↑ ↓ Home End'],
	['help.inspect', 'Enter'],
	['help.pin', 'P'],
	['help.copy', 'C'],
];

const views = ['messages', 'live', 'rooms'];

export function listen(page, tabs) {
	const focus = (name) => {
		tabs.active.view = 'messages';
		tabs.active.parts[name].focus();
	};
	const click = (part) => tabs.active.parts[part].click();
	const actions = {
		KeyC: () => click('toggle'),
		KeyM: () => focus('field'),
		KeyL: () => focus('scroller'),
		KeyS: () => focus('query'),
		KeyP: () => click('pause'),
		KeyK: () => click('clear'),
		KeyV: () => { tabs.active.view = views[(views.indexOf(tabs.active.view) + 1) % views.length]; },
		KeyT: () => page.getElementById('tab-new').click(),
		KeyW: () => tabs.close(tabs.active),
		Slash: () => page.getElementById('open-help').click(),
	};
	for (let digit = 1; digit < 10; digit += 1) actions[`Digit${digit}`] = () => tabs.showAt(digit - 1);
	on(page, 'keydown', (event) => {
		if (event.key === 'Escape') closeMenus(page, null);
		const action = actions[event.code];
		if (!action || !event.altKey || event.ctrlKey || event.metaKey || page.querySelector('dialog[open]')) return;
		event.preventDefault();
		action();
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
