// Draws what was in each of the last seconds.

import { drawing, element, setText } from './dom.js';
import { secondsKept } from './samples.js';

const height = 100;
const rules = [0, height / 2, height];

// Appends a figure of paths over time to place, with what else is in it.
export function figure(place, heading, caption, paths, ...others) {
	place.append(element('figure', { class: 'plot' }, element('figcaption', {}, element('h2', { 'data-text': heading }), ...caption),
		drawing('svg', { viewBox: `0 0 ${secondsKept} ${height}`, preserveAspectRatio: 'none', 'aria-hidden': true },
			drawing('path', { class: 'rules', d: rules.map((y) => `M0 ${y}h${secondsKept}`).join('') }), ...paths), ...others,
		element('div', { class: 'time-axis' }, element('span', { 'data-text': 'live.before' }), element('span', { 'data-text': 'live.now' }))));
}

// Values above zero, or of two those of the second below it. The lesson is there until there are some.
// Returns what shows them.
export function plot(place, heading, lesson, count, format) {
	const zero = height / count;
	const bars = Array.from({ length: count }, (_, index) => drawing('path', { class: `bars-${index}` }));
	const values = bars.map((_, index) => element('span', { class: `value-${index}` }));
	const scale = rules.map(() => element('span'));
	const hint = element('p', { class: 'plot-hint', 'data-text': lesson });
	figure(place, heading, values, bars, hint, element('div', { class: 'scale', 'aria-hidden': true }, ...scale));

	return (names, series) => {
		const most = Math.max(0, ...series.flat());
		// Of a power of two the half reads well, too: as a number, a time and a size.
		const top = Math.max(2, 2 ** Math.ceil(Math.log2(most)));
		hint.hidden = most > 0 || !lesson;
		series.forEach((one, index) => {
			const last = one.findLast((value) => value !== null);
			setText(values[index], `${names[index]} ${last === undefined ? '–' : format(last)}`.trim());
			bars[index].setAttribute('d', pathOf(one, zero, (index === 0 ? zero : -zero) / top));
		});
		rules.forEach((y, index) => setText(scale[index], format(Math.abs(zero - y) / zero * top)));
	};
}

// Returns bars from zero, of values that end now; where there is none there is no bar.
export function pathOf(values, zero, scale) {
	const start = secondsKept - values.length;
	return values.map((value, index) => (value === null ? '' : `M${start + index} ${zero}v${(-value * scale).toFixed(1)}h1V${zero}`)).join('');
}
