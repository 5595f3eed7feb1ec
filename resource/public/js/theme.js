// Light or dark: by the system until the user chooses.

import { on } from './events.js';

export const themes = ['system', 'light', 'dark'];

export function offerThemes(button, language, store) {
	let index = Math.max(0, themes.indexOf(store.get('theme')));
	const use = () => {
		document.documentElement.dataset.theme = themes[index];
		button.title = language.t('theme.is', { theme: { key: `theme.${themes[index]}` } });
		button.ariaLabel = button.title;
	};
	on(button, 'click', () => {
		index = (index + 1) % themes.length;
		store.set('theme', themes[index]);
		use();
	});
	on(language, 'change', use);
	use();
}
