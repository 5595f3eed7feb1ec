// The sheets over the page: its shortcuts, and what it keeps on the device.

import { element, on } from './dom.js';
import { byteSize } from './format.js';
import { shortcuts } from './shortcuts.js';

export function offerHelp(byID, language) {
	on(byID('open-help'), 'click', () => {
		byID('keys').replaceChildren(...shortcuts.flatMap(([words, pressed]) => [
			element('dt', {}, element('kbd', { text: pressed })), element('dd', { text: language.t(words) }),
		]));
		byID('help').showModal();
	});
}

export function offerKept(byID, language, stores, tabs) {
	const [, store] = stores;
	const show = () => {
		const items = store.list().map(([name, size]) => element('li', {},
			element('span', { text: language.t(`kept.${name}`) }), element('span', { class: 'soft', text: byteSize(size) })));
		if (items.length === 0 || !store.keeps) items.push(element('li', { class: 'soft', text: language.t(store.keeps ? 'kept.nothing' : 'kept.failed') }));
		byID('kept-list').replaceChildren(...items);
	};
	const forget = () => {
		for (const kept of stores) kept.clear();
		for (const { form } of tabs.all) form.forget();
		show();
	};
	on(byID('open-kept'), 'click', () => {
		show();
		byID('kept').showModal();
	});
	on(byID('forget'), 'click', forget);
	// Another window forgets.
	on(window, 'storage', ({ key, newValue }) => { if (newValue === null && key?.endsWith('.tabs')) forget(); });
}
