// Shows the connection as it lives, and for the page's own server what goes on in all of it.

import { element, onSubmit, setText } from './dom.js';
import { byteSize, duration } from './format.js';
import { plot, timeAxis } from './plot.js';
import { secondsKept } from './samples.js';

export function liveView(tab) {
	const { parts, t, samples, stats } = tab;
	const spans = element('div', { class: 'spans' });
	const legend = element('ul', { class: 'legend' });

	// Returns what draws the seconds into a new plot.
	function add(place, name, format, hint, ...keys) {
		const { root, show: draw } = plot(keys.length, format, secondsKept);
		place.append(root);
		return (seconds) => draw(t(`live.${name}`), hint && t(hint), keys.length > 1 ? [t('log.sent'), t('log.received')] : [''],
			keys.map((key) => seconds.map((second) => second[key])));
	}

	const plots = [
		add(parts.plots, 'roundTrip', duration, 'live.noTrips', 'roundTrip'),
		add(parts.plots, 'messages', String, 'live.empty', 'sent', 'received'),
		add(parts.plots, 'bytes', byteSize, 'live.empty', 'sentBytes', 'receivedBytes'),
	];
	const serverPlots = ['connections', 'rooms', 'refusals'].map((name) => add(parts.server, name, String, '', name));

	function show() {
		const seconds = [...samples.seconds];
		for (const draw of plots) draw(seconds);
		showStates(seconds.map(({ state }) => state));
		showServer();
	}

	function showStates(states) {
		const runs = [{ state: '', seconds: secondsKept - states.length }];
		const totals = {};
		for (const state of states) {
			totals[state] = (totals[state] ?? 0) + 1;
			if (runs.at(-1).state !== state) runs.push({ state, seconds: 0 });
			runs.at(-1).seconds += 1;
		}
		spans.replaceChildren(...runs.map(({ state, seconds }) => {
			const span = element('span', { 'data-state': state });
			span.style.flexGrow = seconds;
			return span;
		}));
		legend.replaceChildren(...Object.entries(totals).map(([state, seconds]) => element('li', {
			'data-state': state, text: t('live.span', { state: { key: `state.${state}` }, seconds }),
		})));
	}

	function showServer() {
		const { seconds, problem, path } = stats;
		setText(parts.told, t(`stats.${problem || 'hint'}`, { path }));
		parts.ask.hidden = !stats.wantsToken;
		parts.server.hidden = !['', 'away'].includes(problem);
		for (const draw of serverPlots) draw([...seconds]);
	}

	async function tick() {
		if (parts.live.hidden || tab.root.hidden) return;
		show();
		if (await stats.read()) showServer();
	}

	parts.plots.append(element('figure', { class: 'plot time-line' },
		element('figcaption', {}, element('h2', { 'data-text': 'connection.heading' })), spans, timeAxis(), legend));
	onSubmit(parts.ask, () => {
		stats.use(parts.key.value);
		parts.key.value = '';
		tick();
	});
	tab.language.apply(parts.live);
	tab.onLanguage(show);
	return { show, tick };
}
