// The sheets over the page: its shortcuts, and what it keeps on the device.

import { element, on } from './dom.js';
import { byteSize } from './format.js';
import { shortcuts } from './shortcuts.js';

export function offerHelp(byID, language) {
	on(byID('open-help'), 'click', () => {
		byID('keys').replaceChildren(...shortcuts.flatMap(([name, pressed]) => [
			element('dt', {}, element('kbd', { text: pressed })), element('dd', { text: language.t(`help.${name}`) }),
		]));
		byID('help').showModal();
	});
}

export function offerKept(byID, language, store) {
	const show = () => {
		const items = store.list().map(({ name, size }) => element('li', {},
			element('span', { text: language.t(`kept.${name}`) }), element('span', { class: 'soft', text: byteSize(size) })));
		byID('kept-list').replaceChildren(...(items.length > 0 ? items : [element('li', { class: 'soft', text: language.t('kept.nothing') })]));
	};
	on(byID('open-kept'), 'click', () => {
		show();
		byID('kept').showModal();
	});
	on(byID('forget'), 'click', () => {
		store.clear();
		show();
	});
}
