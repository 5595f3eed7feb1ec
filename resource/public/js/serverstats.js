// What the page's own server tells of itself, to whom it is allowed.

import { push } from './bounded.js';
import { secondsKept } from './samples.js';
import { patient } from './settings.js';

export class ServerStats {
	#fetch;
	#token = '';
	#isReading = false;

	seconds = [];

	path;
	problem;

	constructor(fetch, path) {
		this.#fetch = fetch;
		this.path = path;
		this.problem = path ? '' : 'none';
	}

	get wantsToken() { return ['wanted', 'wrong', 'forbidden'].includes(this.problem); }

	// The token is forgotten with the page.
	use(token) {
		this.#token = token;
		this.problem = '';
	}

	// Returns whether there is something new. Who said no is not asked again.
	async read() {
		if (this.#isReading || !['', 'away'].includes(this.problem)) return false;
		this.#isReading = true;
		this.problem = await this.#ask();
		this.#isReading = false;
		return true;
	}

	async #ask() {
		try {
			const token = this.#token;
			const headers = token ? { Authorization: `Bearer ${token}` } : {};
			const response = await this.#fetch(this.path, { headers, ...patient() });
			const refusal = { 401: token ? 'wrong' : 'wanted', 403: 'forbidden', 404: 'missing' }[response.status];
			if (refusal) return refusal;
			const { code, data } = await response.json();
			if (code !== 0) return response.ok ? 'forbidden' : 'away';
			// A server may tell the sums of all its endpoints, too.
			const { sessions, rooms, refused } = data.server ?? data;
			push(this.seconds, { connections: sum(sessions), rooms: sum(rooms), refusals: sum(refused) }, secondsKept);
			return '';
		} catch {
			return 'away';
		}
	}
}

function sum(value) {
	return Object.values(Object(value)).reduce((all, one) => all + one, Number.isFinite(value) ? value : 0);
}
