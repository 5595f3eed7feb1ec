// What the page's own server tells of itself, to whom it is allowed.

import { Ring } from './ring.js';
import { secondsKept } from './samples.js';

export class ServerStats {
	#fetch;
	#path;
	#isReading = false;

	seconds = new Ring(secondsKept);

	problem;

	constructor(fetch, path) {
		this.#fetch = fetch;
		this.#path = path;
		this.problem = path ? '' : 'none';
	}

	async read() {
		if (this.#isReading || this.problem === 'none' || this.problem === 'notAllowed') return false;
		this.#isReading = true;
		const { values, problem } = await this.#ask();
		this.#isReading = false;
		this.problem = problem;
		if (values) this.seconds.push(values);
		return true;
	}

	async #ask() {
		try {
			const response = await this.#fetch(this.#path, { cache: 'no-store', signal: AbortSignal.timeout(5000) });
			if (response.status === 401 || response.status === 403) return { problem: 'notAllowed' };
			const { code, data } = await response.json();
			if (code !== 0) return { problem: response.ok ? 'notAllowed' : 'away' };
			const { sessions, rooms, refused } = data;
			return { values: { connections: sum(sessions), rooms: sum(rooms), refusals: sum(refused) }, problem: '' };
		} catch {
			return { problem: 'away' };
		}
	}
}

function sum(value) {
	return Object.values(Object(value)).reduce((all, one) => all + one, Number.isFinite(value) ? value : 0);
}
