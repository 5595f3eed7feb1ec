// Light or dark: by the system until the user chooses, in this window or another.

import { on } from './events.js';

const themes = ['system', 'light', 'dark'];

export function offerThemes(button, language, store) {
	let index;
	const show = () => {
		document.documentElement.dataset.theme = themes[index];
		button.title = language.t('theme.is', { theme: { key: `theme.${themes[index]}` } });
		button.ariaLabel = button.title;
	};
	const read = () => {
		index = Math.max(0, themes.indexOf(store.get('theme')));
		show();
	};
	on(button, 'click', () => {
		index = (index + 1) % themes.length;
		store.set('theme', themes[index]);
		show();
	});
	on(language, 'change', show);
	on(window, 'storage', read);
	read();
}
