// Messages that the user saved, on this device.

import { element, icon, on } from './dom.js';

export const savedLimit = 50;

const isSame = (a, b) => a.mode === b.mode && a.text === b.text;

export function save(saved, draft) {
	return [draft, ...saved.filter((other) => !isSame(other, draft))].slice(0, savedLimit);
}

const nameOf = ({ text }) => text.trim().slice(0, 99);

export function offerSaved({ parts: { saved: list }, store, t }, composer) {
	const menu = list.closest('details');
	const read = () => store.getList('saved').filter((draft) => typeof draft?.text === 'string');
	const keep = (saved) => {
		const isKept = store.set('saved', saved);
		show();
		list.firstElementChild.focus();
		if (!isKept) list.prepend(element('p', { class: 'problem', role: 'alert', text: t('kept.failed') }));
	};
	const add = () => {
		const draft = composer.draft();
		if (draft.text.trim()) keep(save(read(), draft));
	};
	const take = (draft) => {
		menu.open = false;
		composer.suggest(draft.mode, draft.text);
	};
	const item = (draft) => element('div', { class: 'menu-line' },
		element('button', { class: 'menu-item code', type: 'button', text: nameOf(draft), click: () => take(draft) }),
		element('button', {
			'data-icon': 'cross', type: 'button', 'aria-label': t('saved.remove', { name: nameOf(draft) }),
			click: () => keep(read().filter((other) => !isSame(other, draft))),
		}, icon('cross')));
	function show() {
		const saved = read();
		list.replaceChildren(element('button', { class: 'menu-item', type: 'button', text: t('saved.add'), click: add }),
			...saved.map(item));
	}
	on(menu, 'toggle', () => { if (menu.open) show(); });
}
