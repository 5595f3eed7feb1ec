// The language the page is shown in: chosen, remembered, applied.

import { onChoice, press } from './dom.js';
import { emit } from './events.js';
import { pickLanguage, translator } from './strings.js';

export class Language extends EventTarget {
	#buttons;

	t;

	constructor(page, store) {
		super();
		this.#buttons = page.querySelectorAll('[data-language]');
		onChoice(this.#buttons, 'language', (tag) => {
			store.set('language', tag);
			this.#use(tag);
			emit(this, 'change');
		});
		this.#use(pickLanguage(store.get('language', null), navigator.languages));
	}

	apply(root) {
		for (const found of root.querySelectorAll('[data-text]')) found.textContent = this.t(found.dataset.text);
		for (const found of root.querySelectorAll('[data-label]')) {
			const words = this.t(found.dataset.label);
			found.ariaLabel = words;
			if (found.matches('button, summary')) found.title = words;
			if (found.matches('input')) found.placeholder = words;
		}
	}

	#use(tag) {
		this.t = translator(tag);
		document.documentElement.lang = tag;
		press(this.#buttons, 'language', tag);
		this.apply(document);
	}
}
