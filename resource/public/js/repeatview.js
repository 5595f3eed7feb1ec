// The button that sends again and again.

import { on, setText } from './dom.js';
import { Repeat, repeatLimits } from './repeat.js';

export function offerRepeat(workspace, send) {
	const { parts: { repeat: button, times, interval }, t, platform, connection } = workspace;
	const repeat = new Repeat(platform);
	const show = () => setText(button, repeat.isRunning ? t('repeat.stop', { done: repeat.done, times: repeat.times }) : t('repeat.start'));
	const read = (input, least, most) => {
		input.value = Math.min(most, Math.max(least, Math.round(Number(input.value)) || least));
		return Number(input.value);
	};
	on(button, 'click', () => {
		if (repeat.isRunning) repeat.stop();
		else repeat.start(read(times, 1, repeatLimits.times), read(interval, 0, repeatLimits.interval), send);
	});
	on(repeat, 'change', show);
	on(connection, 'change', () => repeat.stop());
	workspace.onLanguage(show);
	return repeat;
}
