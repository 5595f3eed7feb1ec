// Sends something again and again.

import { emit } from './events.js';

export class Repeat extends EventTarget {
	#platform;
	#timer = null;

	isRunning = false;
	done = 0;
	times = 0;

	constructor(platform) {
		super();
		this.#platform = platform;
	}

	start(times, interval, send) {
		Object.assign(this, { times, done: 0, isRunning: true });
		const began = this.#platform.now();
		const tick = () => {
			// What a slow timer has missed is made up for.
			const due = interval > 0 ? Math.floor((this.#platform.now() - began) / interval) + 1 : this.done + 100;
			while (this.done < Math.min(due, times)) {
				if (!send()) return this.stop();
				this.done += 1;
			}
			if (this.done >= times) return this.stop();
			this.#timer = this.#platform.setTimeout(tick, interval);
			return this.#changed();
		};
		tick();
	}

	stop() {
		this.#platform.clearTimeout(this.#timer);
		if (!this.isRunning) return;
		this.isRunning = false;
		this.#changed();
	}

	#changed() { emit(this, 'change'); }
}
