// Sends something again and again.

import { on, setText } from './dom.js';

export function repeater(changed) {
	const own = { isRunning: false, done: 0, times: 0, start, stop };
	let timer = null;

	function start(times, interval, send) {
		Object.assign(own, { isRunning: true, done: 0, times });
		const began = performance.now();
		const tick = () => {
			// What a slow timer has missed is made up for.
			const due = interval > 0 ? Math.floor((performance.now() - began) / interval) + 1 : Infinity;
			const most = own.done + 100;
			while (own.done < Math.min(due, times, most)) {
				if (!send()) return stop();
				own.done += 1;
			}
			if (own.done >= times) return stop();
			timer = setTimeout(tick, interval);
			return changed();
		};
		tick();
	}

	function stop() {
		clearTimeout(timer);
		own.isRunning = false;
		changed();
	}

	return own;
}

export function offerRepeat(tab, send) {
	const { parts: { repeat: button, times, interval, range }, t, connection, log } = tab;
	const heading = button.closest('details').firstElementChild;
	const repeat = repeater(show);

	function show() {
		setText(button, t(repeat.isRunning ? 'repeat.stop' : 'repeat.start'));
		setText(heading, repeat.isRunning ? `${repeat.done} / ${repeat.times}` : t('repeat.heading'));
	}

	on(button, 'click', () => {
		if (repeat.isRunning) return repeat.stop();
		for (const input of [times, interval]) input.ariaInvalid = !input.validity.valid;
		const wrong = [times, interval].find(({ validity }) => !validity.valid);
		range.hidden = !wrong;
		if (!wrong) return repeat.start(Number(times.value), Number(interval.value), send);
		setText(range, t('repeat.range', { min: wrong.min, max: wrong.max }));
		return wrong.focus();
	});
	on(connection, 'change', () => {
		if (!repeat.isRunning) return;
		repeat.stop();
		log.add({ kind: 'event', tone: 'bad', message: { key: 'repeat.ended', params: { ...repeat } } });
	});
	tab.onLanguage(show);
}
