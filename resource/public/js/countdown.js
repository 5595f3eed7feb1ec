// Counts the seconds down to a moment: calls onSecond with those left, at once and at last with 0.

export function countDown(until, onSecond, platform) {
	let timer = null;
	const tick = () => {
		const left = Math.max(0, until - platform.now());
		const seconds = Math.ceil(left / 1000);
		onSecond(seconds);
		if (seconds === 0) return;
		timer = platform.setTimeout(tick, left - (seconds - 1) * 1000);
	};
	tick();
	return () => platform.clearTimeout(timer);
}
