// The page's words in the languages it speaks.

import { words as table } from './words.js';

// Controls that turn the text around them, if others write them.
const turning = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

export const languages = { en: column(0), 'zh-CN': column(1) };

export function pickLanguage(chosen, preferred) {
	if (Object.keys(languages).includes(chosen)) return chosen;
	const spoken = { zh: 'zh-CN', en: 'en' };
	return preferred.map((tag) => spoken[tag.toLowerCase().split('-')[0]]).find(Boolean) ?? 'en';
}

// Returns t(key, params), which replaces {name} by params.name, and a param {key, params} by its words.
export function translator(language) {
	const words = languages[language];
	const t = (key, params = {}) => (words[key] ?? key).replace(/\{(\w+)\}/g, (placeholder, name) => {
		const value = params[name] ?? placeholder;
		return value.key ? t(value.key, value.params) : String(value).replace(turning, '\ufffd');
	});
	return t;
}

function column(index) {
	const found = {};
	let group = '';
	for (const line of table.trim().split('\n')) {
		const [key, ...texts] = line.split('|');
		if (texts.length === 0) group = key.slice(1, -1);
		else found[`${group}.${key}`] = texts[index] ?? texts[0];
	}
	return found;
}
