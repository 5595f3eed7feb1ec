// JSON as a tree. Only what is open has elements.

import { element, on } from './dom.js';

const memberLimit = 500;
const openLevels = 2;

export function jsonTree(value, t) {
	return element('div', { class: 'tree code' }, branch('', value, 0, t));
}

function branch(name, value, level, t) {
	const label = name === '' ? [] : [element('span', { class: 'json-key', text: name }), ': '];
	if (value === null || typeof value !== 'object') {
		const kind = ['string', 'number'].find((type) => typeof value === type) ?? 'word';
		return element('div', { class: 'leaf' }, ...label, element('span', { class: `json-${kind}`, text: JSON.stringify(value) }));
	}
	const members = Object.entries(value);
	const size = Array.isArray(value) ? `[${members.length}]` : `{${members.length}}`;
	const details = element('details', {}, element('summary', {}, ...label, element('span', { class: 'soft', text: size })));
	const more = members.length - memberLimit;
	on(details, 'toggle', () => {
		details.append(...members.slice(0, memberLimit).map(([key, inner]) => branch(key, inner, level + 1, t)));
		if (more > 0) details.append(element('div', { class: 'leaf soft', text: t('inspector.members', { count: more }) }));
	}, { once: true });
	details.open = level < openLevels;
	return details;
}
