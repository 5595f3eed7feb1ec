// Shows the connection as it lives, and for the page's own server what goes on in all of it.

import { drawing, element, onSubmit, setText } from './dom.js';
import { byteSize, duration } from './format.js';
import { figure, pathOf, plot } from './plot.js';

// How high the connection's bars are, in percent.
const heights = { open: 40, connecting: 20, waiting: 20, closing: 20, closed: 4 };

export function liveView(tab) {
	const { parts, t, samples, stats } = tab;

	// Returns what draws the seconds into a new plot.
	function add(place, name, format, lesson, ...keys) {
		const draw = plot(place, `live.${name}`, lesson, keys.length, format);
		return (seconds) => draw(keys.length > 1 ? [t('log.sent'), t('log.received')] : [''], keys.map((key) => seconds.map((second) => second[key])));
	}

	const plots = [
		add(parts.plots, 'roundTrip', duration, 'live.noTrips', 'roundTrip'),
		add(parts.plots, 'messages', String, 'live.empty', 'sent', 'received'),
		add(parts.plots, 'bytes', byteSize, 'live.empty', 'sentBytes', 'receivedBytes'),
	];
	const serverPlots = ['connections', 'rooms', 'refusals'].map((name) => add(parts.server, name, String, '', name));
	const states = Object.keys(heights).map((state) => ({
		state, bars: drawing('path', { 'data-state': state }), words: element('li', { 'data-state': state }),
	}));

	function show() {
		const { seconds } = samples;
		for (const draw of plots) draw(seconds);
		for (const { state, bars, words } of states) {
			const values = seconds.map((second) => (second.state === state ? heights[state] : null));
			const count = values.filter(Boolean).length;
			bars.setAttribute('d', pathOf(values, 100, 1));
			words.hidden = count === 0;
			setText(words, t('live.span', { state: { key: `state.${state}` }, seconds: count }));
		}
		showServer();
	}

	function showServer() {
		const { seconds, problem, path } = stats;
		setText(parts.told, t(`stats.${problem || 'hint'}`, { path }));
		parts.ask.hidden = !stats.wantsToken;
		parts.server.hidden = !['', 'away'].includes(problem);
		for (const draw of serverPlots) draw(seconds);
	}

	async function tick() {
		if (parts.live.hidden || tab.root.hidden) return;
		show();
		if (await stats.read()) showServer();
	}

	figure(parts.plots, 'connection.heading', [], states.map(({ bars }) => bars),
		element('ul', { class: 'legend' }, ...states.map(({ words }) => words)));
	onSubmit(parts.ask, () => {
		stats.use(parts.key.value);
		parts.key.value = '';
		tick();
	});
	tab.language.apply(parts.live);
	tab.onLanguage(show);
	return { show, tick };
}
