// Shows the log. Of a hundred thousand entries only those in view are rows.

import { on, setText } from './dom.js';
import { inspector } from './inspector.js';
import { LogQuery } from './logquery.js';
import { LogRow, wordsOf } from './logrow.js';
import { offerTools } from './logtools.js';

const nearEnd = 8;

// How long filtering may take of a frame, and how often what came is read aloud, in milliseconds.
const scanTime = 6;
const spokenEvery = 1500;

export function logView(tab) {
	const { log, parts, t, number } = tab;
	const { scroller, space } = parts;
	const query = new LogQuery(log);
	const details = inspector(tab);
	const rows = [];
	let height = 0;
	let isAtEnd = true;
	let anchor;
	let selected = null;
	let unspoken = 0;

	const show = () => tab.soon(show, render);

	function restart() {
		anchor = undefined;
		isAtEnd = true;
		show();
	}

	function render() {
		if (scroller.clientHeight === 0) return;
		const late = performance.now() + scanTime;
		if (query.scan(() => performance.now() > late)) show();
		measure();
		space.style.height = `${query.length * height}px`;
		// The end stays in view, or else the row that was on top, whatever comes below and goes above.
		const anchored = anchor ? query.indexOf(anchor.number) * height + anchor.offset : scroller.scrollTop;
		const top = isAtEnd ? scroller.scrollHeight - scroller.clientHeight : anchored;
		if (Math.abs(scroller.scrollTop - top) > 1) scroller.scrollTop = top;
		fill();
		showState();
	}

	function measure() {
		while (rows.length < Math.ceil(scroller.clientHeight / (height || 24)) + 2) {
			rows.push(new LogRow(`row-${number}-${rows.length}`));
			space.append(rows.at(-1).root);
		}
		rows[0].root.hidden = false;
		height = rows[0].root.offsetHeight;
	}

	function fill() {
		const { length } = query;
		const first = Math.max(0, Math.floor(scroller.scrollTop / height));
		scroller.removeAttribute('aria-activedescendant');
		rows.forEach((row, offset) => {
			const index = first + offset;
			const entry = index < length ? query.at(index) : null;
			const isSelected = entry?.number === selected;
			if (isSelected) scroller.setAttribute('aria-activedescendant', row.root.id);
			const place = { before: query.at(index - 1), index, length, top: index * height, isSelected, isPinned: entry && log.isPinned(entry) };
			row.show(entry, place, t);
		});
	}

	function showState() {
		const { length, waiting, isFiltered, isPaused, problem } = query;
		const isQuiet = log.length < 2 && (log.entry(log.first)?.kind ?? 'event') === 'event';
		parts.lesson.hidden = isFiltered || !isQuiet;
		parts.nothing.hidden = !isFiltered || length > 0;
		parts.newest.hidden = isAtEnd;
		const shown = t('log.shown', { rows: isFiltered ? `${length} / ${query.of}` : log.length });
		setText(parts.status, isPaused ? `${shown} · ${t('log.waiting', { count: waiting })}` : shown);
		setText(parts.mistake, problem && t('log.noPattern'));
	}

	function added({ detail: { kind } }) {
		show();
		if (kind === 'sent') return;
		if (unspoken === 0) setTimeout(speak, spokenEvery);
		unspoken += 1;
	}

	// A screen reader hears the last of what came, not a flood.
	function speak() {
		const last = log.entry(log.next - 1);
		const words = last && `${t(`log.${last.kind}`)}: ${wordsOf(last, t)}`;
		if (last && !tab.root.hidden) setText(parts.spoken, unspoken > 1 ? t('log.spoken', { count: unspoken, last: words }) : words);
		unspoken = 0;
	}

	function scrolled() {
		const { scrollHeight, scrollTop, clientHeight } = scroller;
		isAtEnd = scrollHeight - scrollTop - clientHeight <= nearEnd;
		const entry = query.at(Math.floor(scrollTop / height));
		anchor = entry && { number: entry.number, offset: scrollTop % height };
		show();
	}

	function select(entry) {
		const top = query.indexOf(entry.number) * height;
		selected = entry.number;
		if (!parts.inspector.hidden) details.show(entry);
		scroller.scrollTop = Math.max(top + height - scroller.clientHeight, Math.min(top, scroller.scrollTop));
		show();
	}

	function inspect(entry) {
		details.show(entry);
		parts.title.focus();
	}

	function keyDown(event) {
		if (event.ctrlKey || event.metaKey || event.altKey) return;
		const { length } = query;
		const page = Math.max(1, rows.length - 3);
		const move = { ArrowUp: -1, ArrowDown: 1, PageUp: -page, PageDown: page, Home: -length, End: length }[event.key];
		const index = (selected === null ? length : query.indexOf(selected)) + (move ?? 0);
		const entry = move ? query.at(Math.max(0, Math.min(length - 1, index))) : log.entry(selected);
		const action = move ? select : {
			Enter: inspect, ' ': inspect, Escape: details.hide, p: () => log.togglePin(entry), c: details.copy,
		}[event.key];
		if (!action || !entry) return;
		event.preventDefault();
		action(entry);
	}

	offerTools(tab, query, restart);
	on(log, 'add', added);
	on(log, 'pin', show);
	on(parts.newest, 'click', () => {
		restart();
		scroller.focus();
	});
	on(scroller, 'scroll', scrolled, { passive: true });
	on(scroller, 'keydown', keyDown);
	on(scroller, 'click', ({ target }) => {
		const row = rows.find(({ root }) => root.contains(target));
		if (!row || String(getSelection())) return;
		select(row.entry);
		details.show(row.entry);
	});
	new ResizeObserver(show).observe(scroller);
	tab.onLanguage(show);
	return { show };
}
