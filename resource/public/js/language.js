// The language the page is shown in: chosen, remembered, applied.

import { onChoice, press } from './dom.js';
import { emit, on } from './events.js';
import { pickLanguage, translator } from './strings.js';

export class Language extends EventTarget {
	#buttons;
	#tag;

	t;

	constructor(page, store) {
		super();
		this.#buttons = page.querySelectorAll('[data-language]');
		const read = () => this.#use(pickLanguage(store.get('language', null), navigator.languages));
		onChoice(this.#buttons, 'language', (tag) => {
			store.set('language', tag);
			this.#use(tag);
		});
		// Another window may choose.
		on(window, 'storage', read);
		read();
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
		if (this.#tag === tag) return;
		this.#tag = tag;
		this.t = translator(tag);
		document.documentElement.lang = tag;
		press(this.#buttons, 'language', tag);
		this.apply(document);
		emit(this, 'change');
	}
}
