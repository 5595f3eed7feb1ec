// Draws values over time as lines.

import { drawing, element, setText } from './dom.js';

const width = 300;
const height = 72;

export class Plot {
	#format;
	#lines;
	#values;
	#label = element('h2');
	#top = element('span', { class: 'plot-top' });
	#picture;

	constructor(count, format) {
		const each = Array.from({ length: count }, (_, index) => index);
		this.#format = format;
		this.#lines = each.map((index) => drawing('path', { class: `line-${index}` }));
		this.#values = each.map((index) => element('span', { class: `plot-value value-${index}` }));
		this.#picture = drawing('svg', { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: 'none', role: 'img' },
			drawing('path', { class: 'plot-base', d: `M0 ${height - 0.5}H${width}` }), ...this.#lines);
		this.root = element('figure', { class: 'plot' },
			element('figcaption', { class: 'plot-head' }, this.#label, ...this.#values, this.#top), this.#picture);
	}

	show(label, names, lines, length) {
		const top = lines.flat().reduce((most, value) => Math.max(most, value ?? 0), 0);
		const said = lines.map((values, index) => {
			const last = values.findLast((value) => value !== null);
			return `${names[index]} ${last === undefined ? '–' : this.#format(last)}`.trim();
		});
		setText(this.#label, label);
		setText(this.#top, top > 0 ? `≤ ${this.#format(top)}` : '');
		said.forEach((text, index) => setText(this.#values[index], text));
		this.#picture.ariaLabel = `${label}: ${said.join(', ')}`;
		lines.forEach((values, index) => this.#lines[index].setAttribute('d', pathOf(values, top || 1, length)));
	}
}

export function pathOf(values, top, length) {
	const step = width / Math.max(1, length - 1);
	let path = '';
	values.forEach((value, index) => {
		if (value === null) return;
		const x = ((length - values.length + index) * step).toFixed(1);
		const y = (2 + (height - 4) * (1 - value / top)).toFixed(1);
		const isStart = (values[index - 1] ?? null) === null;
		path += `${isStart ? 'M' : 'L'}${x} ${y}`;
		if (isStart && (values[index + 1] ?? null) === null) path += 'h.5';
	});
	return path;
}
