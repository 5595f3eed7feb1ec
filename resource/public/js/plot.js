// Draws values over time: one line above zero, or one above and another below.

import { drawing, element, setText } from './dom.js';

const height = 100;
const rules = [0, height / 2, height];

export function plot(count, format, length) {
	const lines = Array.from({ length: count }, (_, index) => drawing('path', { class: `line-${index}` }));
	const values = lines.map((_, index) => element('span', { class: `value-${index}` }));
	const heading = element('h2');
	const scale = rules.map(() => element('span'));
	const hint = element('p', { class: 'plot-hint' });
	const picture = drawing('svg', { viewBox: `0 0 ${length - 1} ${height}`, preserveAspectRatio: 'none', role: 'img' },
		drawing('path', { class: 'rules', d: rules.map((y) => `M0 ${y}H${length - 1}`).join('') }), ...lines);
	const root = element('figure', { class: 'plot' }, element('figcaption', {}, heading, ...values),
		picture, hint, element('div', { class: 'scale', 'aria-hidden': true }, ...scale), timeAxis());

	// The lesson is there until there is a value.
	function show(label, lesson, names, series) {
		const most = Math.max(0, ...series.flat());
		// Of a power of two the half reads well, too: as a number, a time and a size.
		const top = Math.max(2, 2 ** Math.ceil(Math.log2(most)));
		const zero = height / count;
		const said = series.map((one, index) => {
			const last = one.findLast((value) => value !== null);
			return `${names[index]} ${last === undefined ? '–' : format(last)}`.trim();
		});
		setText(heading, label);
		setText(hint, most > 0 ? '' : lesson);
		picture.ariaLabel = `${label}: ${said.join(', ')}`;
		said.forEach((text, index) => {
			setText(values[index], text);
			lines[index].setAttribute('d', pathOf(series[index], zero, (index === 0 ? zero : -zero) / top, length));
		});
		rules.forEach((y, index) => setText(scale[index], format(Math.abs(zero - y) / zero * top)));
	}

	return { root, show };
}

export function timeAxis() {
	return element('div', { class: 'time-axis' }, element('span', { 'data-text': 'live.before' }), element('span', { 'data-text': 'live.now' }));
}

// Returns the outline above zero of values that end at length, with gaps where there is none.
export function pathOf(values, zero, scale, length) {
	return values.map((value, index) => {
		if (value === null) return '';
		const isStart = (values[index - 1] ?? null) === null;
		const isEnd = (values[index + 1] ?? null) === null;
		const x = length - values.length + index;
		return `${isStart ? `M${x} ${zero}` : ''}L${x} ${(zero - value * scale).toFixed(1)}${isEnd ? `V${zero}` : ''}`;
	}).join('');
}
