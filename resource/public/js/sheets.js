// The sheets over the page: its shortcuts, and what it keeps on the device.

import { element, on } from './dom.js';
import { byteSize } from './format.js';
import { shortcuts } from './shortcuts.js';

export function offerHelp(sheet, button, keys, language) {
	on(button, 'click', () => {
		keys.replaceChildren(...shortcuts.flatMap(([name, pressed]) => [
			element('dt', {}, element('kbd', { text: pressed })), element('dd', { text: language.t(`help.${name}`) }),
		]));
		sheet.showModal();
	});
}

export function offerKept(sheet, button, list, forget, language, store) {
	const show = () => {
		const items = store.list().map(({ name, size }) => element('li', {},
			element('span', { text: language.t(`kept.${name}`) }), element('span', { class: 'soft', text: byteSize(size) })));
		list.replaceChildren(...(items.length > 0 ? items : [element('li', { class: 'soft', text: language.t('kept.nothing') })]));
	};
	on(button, 'click', () => {
		show();
		sheet.showModal();
	});
	on(forget, 'click', () => {
		store.clear();
		show();
	});
}
