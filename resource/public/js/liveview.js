// Shows the connection as it lives, and for the page's own server what goes on in all of it.

import { element, onSubmit, setText } from './dom.js';
import { byteSize, duration } from './format.js';
import { Plot } from './plot.js';
import { secondsKept } from './samples.js';

const serverPlots = ['connections', 'rooms', 'refusals'];

export function liveView(tab) {
	const { parts, t, samples, session, stats } = tab;
	const plots = { roundTrip: new Plot(1, duration), messages: new Plot(2, String), bytes: new Plot(2, byteSize) };
	parts.plots.append(...Object.values(plots).map(({ root }) => root));
	for (const name of serverPlots) {
		plots[name] = new Plot(1, String);
		parts.server.append(plots[name].root);
	}

	function draw(seconds, name, names, ...lines) {
		plots[name].show(t(`live.${name}`), names, lines.map((line) => seconds.map((second) => second[line])), secondsKept);
	}

	function show() {
		const seconds = [...samples.seconds];
		const ways = [t('log.sent'), t('log.received')];
		setText(parts.summary, t(session.sent + session.received > 0 ? 'live.hint' : 'live.empty'));
		draw(seconds, 'roundTrip', [''], 'roundTrip');
		draw(seconds, 'messages', ways, 'sent', 'received');
		draw(seconds, 'bytes', ways, 'sentBytes', 'receivedBytes');
		const spans = [];
		for (const { state } of seconds) {
			if (spans.at(-1)?.state !== state) spans.push({ state, seconds: 0 });
			spans.at(-1).seconds += 1;
		}
		parts.line.replaceChildren(...spans.map((span) => {
			const words = t('live.span', { state: { key: `state.${span.state}` }, seconds: span.seconds });
			const item = element('li', { class: 'span', 'data-state': span.state, title: words }, element('span', { class: 'unseen', text: words }));
			item.style.flexGrow = span.seconds;
			return item;
		}));
		showServer();
	}

	function showServer() {
		const { seconds, problem, path } = stats;
		setText(parts.told, t(`stats.${problem || 'hint'}`, { path }));
		parts.ask.hidden = !stats.wantsToken;
		parts.server.hidden = !['', 'away'].includes(problem);
		for (const name of serverPlots) draw([...seconds], name, [''], name);
	}

	async function tick() {
		if (parts.live.hidden || tab.root.hidden) return;
		show();
		if (await stats.read()) showServer();
	}

	onSubmit(parts.ask, () => {
		stats.use(parts.key.value);
		parts.key.value = '';
		tick();
	});
	tab.onLanguage(show);
	return { show, tick };
}
