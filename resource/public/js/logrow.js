// One row of the log: made once, filled with one entry after the other.

import { element, icon, setText } from './dom.js';
import { byteSize, cut, duration, hex, timeOfDay } from './format.js';

const shownBytes = 48;

export class LogRow {
	#icon = element('span');
	#cells = Object.fromEntries(['word', 'time', 'gap', 'method', 'text', 'meta'].map((name) => [name, element('span', { class: `row-${name}` })]));

	entry = null;

	constructor(id) {
		const { word, time, gap, method, text, meta } = this.#cells;
		const kind = element('span', { class: 'row-kind' }, this.#icon, word);
		text.dir = 'auto';
		this.root = element('div', { class: 'row', role: 'option', id }, kind, time, gap, element('span', { class: 'row-body' }, method, text), meta);
	}

	show(entry, { before, index, length, top, isSelected, isPinned }, t) {
		const { root } = this;
		this.entry = entry;
		root.hidden = !entry;
		if (!entry) return;
		root.style.transform = `translateY(${top}px)`;
		root.ariaPosInSet = index + 1;
		root.ariaSetSize = length;
		root.ariaSelected = isSelected;
		root.classList.toggle('is-pinned', isPinned);
		root.dataset.tone = entry.tone ?? (entry.isError ? 'bad' : '');
		if (root.dataset.kind !== entry.kind) this.#icon.replaceChildren(icon(entry.kind));
		root.dataset.kind = entry.kind;
		const words = {
			word: t(`log.${entry.kind}`), time: timeOfDay(new Date(entry.at)), gap: before ? `+${duration(Math.max(0, entry.at - before.at))}` : '',
			method: entry.method ?? '', text: wordsOf(entry, t), meta: factsOf(entry, t),
		};
		for (const [name, cell] of Object.entries(this.#cells)) setText(cell, words[name]);
	}
}

export function wordsOf({ kind, message, size, bytes, text }, t) {
	if (kind === 'event') return t(message.key, message.params);
	if (size === 0) return t('log.empty');
	if (bytes) return hex(bytes.subarray(0, shownBytes)) + (size > shownBytes ? ' …' : '');
	return cut(text);
}

export function factsOf({ type, size, roundTrip, isSigned }, t) {
	if (!type) return '';
	const facts = [type === 'json' ? 'JSON' : t(`log.type.${type}`), byteSize(size), isSigned && t('log.signed'), roundTrip !== undefined && duration(roundTrip)];
	return facts.filter(Boolean).join(' · ');
}
