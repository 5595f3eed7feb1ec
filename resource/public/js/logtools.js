// Search, filters, pause and export: what stands above the log.

import { on } from './events.js';
import { download, har, jsonLines } from './export.js';
import { makeFilter } from './filter.js';
import { wordsOf } from './logrow.js';

export function offerTools({ parts, t, settings }, query, restart) {
	const words = (entry) => wordsOf(entry, t);
	const click = (part, act) => on(parts[part], 'click', act);
	const toggle = (part, isPressed) => {
		parts[part].ariaPressed = isPressed;
		restart();
	};
	const save = (ending, type, write) => click(ending, () => {
		const name = `websocket-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}.${ending}`;
		parts.har.closest('details').open = false;
		download(name, type, write(Array.from({ length: query.length }, (_, index) => query.at(index))));
	});
	const names = ['query', 'direction', 'type', 'method'];
	for (const name of [...names, 'pattern']) {
		on(parts[name], 'input', () => {
			const wanted = Object.fromEntries(names.map((each) => [each, parts[each].value]));
			query.filter(makeFilter({ ...wanted, isPattern: parts.pattern.checked }, words));
			parts.query.ariaInvalid = query.problem !== '';
			parts.query.title = query.problem;
			restart();
		});
	}
	click('pinned', () => {
		query.togglePinned();
		toggle('pinned', query.onlyPinned);
	});
	click('pause', () => {
		query.togglePause();
		toggle('pause', query.isPaused);
	});
	click('clear', () => {
		query.clear();
		restart();
	});
	save('jsonl', 'application/jsonl', (entries) => jsonLines(entries, words));
	save('har', 'application/json', (entries) => har(entries, settings.version));
}
