// Search, filters, pause and export: what stands above the log.

import { on } from './events.js';
import { download, har, jsonLines } from './export.js';
import { makeFilter } from './filter.js';
import { wordsOf } from './logrow.js';

export function offerTools(workspace, query, restart) {
	const { parts, t, settings, platform } = workspace;
	const words = (entry) => wordsOf(entry, t);
	const toggle = (button, isPressed) => {
		button.ariaPressed = isPressed;
		restart();
	};
	const save = (ending, type, write) => {
		const name = `websocket-${new Date(platform.now()).toISOString().slice(0, 19).replaceAll(':', '')}.${ending}`;
		parts.har.closest('details').open = false;
		download(name, type, write(Array.from({ length: query.length }, (_, index) => query.at(index))));
	};
	for (const name of ['query', 'pattern', 'direction', 'type', 'method']) {
		on(parts[name], 'input', () => {
			const { test, problem } = makeFilter({
				query: parts.query.value, isPattern: parts.pattern.checked, direction: parts.direction.value,
				type: parts.type.value, method: parts.method.value.trim(),
			}, words);
			parts.query.ariaInvalid = problem !== '';
			parts.query.title = problem;
			query.filter(test);
			restart();
		});
	}
	on(parts.pinned, 'click', () => {
		query.onlyPinned = !query.onlyPinned;
		toggle(parts.pinned, query.onlyPinned);
	});
	on(parts.pause, 'click', () => {
		query.togglePause();
		toggle(parts.pause, query.isPaused);
	});
	on(parts.jsonl, 'click', () => save('jsonl', 'application/jsonl', (entries) => jsonLines(entries, words)));
	on(parts.har, 'click', () => save('har', 'application/json', (entries) => har(entries, settings.version)));
}
