// The button that sends again and again.

import { on, setText } from './dom.js';
import { Repeat } from './repeat.js';

export function offerRepeat(workspace, send) {
	const { parts: { repeat: button, times, interval }, t, platform, connection } = workspace;
	const repeat = new Repeat(platform);
	const show = () => setText(button, repeat.isRunning ? t('repeat.stop', { done: repeat.done, times: repeat.times }) : t('repeat.start'));
	const isWrong = (input) => {
		const isBad = !input.value || !input.validity.valid;
		input.ariaInvalid = isBad;
		return isBad;
	};
	on(button, 'click', () => {
		if (repeat.isRunning) return repeat.stop();
		const [wrong] = [times, interval].filter(isWrong);
		return wrong ? wrong.focus() : repeat.start(Number(times.value), Number(interval.value), send);
	});
	on(repeat, 'change', show);
	on(connection, 'change', () => repeat.stop());
	workspace.onLanguage(show);
	return repeat;
}
