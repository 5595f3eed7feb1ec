// Shows one entry of the log whole: as a tree, as it came, or byte by byte.

import { hexDump } from './bytes.js';
import { element, on, onChoice, press, setText } from './dom.js';
import { byteSize, cut, hex, timeOfDay, utf8 } from './format.js';
import { readExact } from './json.js';
import { factsOf, wordsOf } from './logrow.js';

const shownMost = 64 * 1024;
const memberLimit = 500;
const openLimit = 20;

export function inspector(tab) {
	const { parts, log, t } = tab;
	const buttons = parts.inspector.querySelectorAll('[data-shown]');
	let entry = null;
	let shown = 'tree';

	function show(wanted) {
		entry = wanted;
		parts.inspector.hidden = false;
		setText(parts.title, entry.method || t(`log.${entry.kind}`));
		setText(parts.details, `${timeOfDay(new Date(entry.at))} · ${factsOf(entry, t)}`);
		parts.edit.hidden = entry.kind === 'event' || entry.size > shownMost;
		setText(parts.pin, t(log.isPinned(entry) ? 'inspector.unpin' : 'inspector.pin'));
		press(buttons, 'shown', shown);
		parts.content.replaceChildren(...contentOf(entry));
	}

	const refresh = () => { if (!parts.inspector.hidden) show(entry); };

	function contentOf({ text, bytes, size }) {
		const value = shown === 'tree' && text ? readExact(text) : undefined;
		if (value !== undefined) return [element('div', { class: 'tree code' }, branch('', value, 0, t))];
		const isHex = shown === 'hex' || (bytes && shown === 'tree');
		const words = text ?? (bytes ? new TextDecoder().decode(bytes) : wordsOf(entry, t));
		const whole = isHex ? bytes ?? utf8(words) : words;
		const most = whole.slice(0, shownMost);
		const pre = element('pre', { class: 'code', text: isHex ? hexDump(most) : most });
		return most.length === whole.length ? [pre] : [pre, element('p', { class: 'soft', text: t('inspector.more', { size: byteSize(size) }) })];
	}

	function hide() {
		parts.inspector.hidden = true;
		parts.scroller.focus();
	}

	async function copy({ text, bytes, ...event }) {
		const isCopied = await copyText(text ?? (bytes ? hex(bytes) : wordsOf(event, t)));
		setText(parts.copy, t(isCopied ? 'inspector.copied' : 'inspector.notCopied'));
		setText(parts.spoken, parts.copy.textContent);
		setTimeout(() => setText(parts.copy, t('inspector.copy')), 1500);
	}

	on(parts.close, 'click', hide);
	on(parts.copy, 'click', () => copy(entry));
	on(parts.pin, 'click', () => log.togglePin(entry));
	on(parts.edit, 'click', () => {
		const { text, bytes, type } = entry;
		tab.composer.suggest(bytes ? 'hex' : type, bytes ? hex(bytes) : text);
	});
	on(parts.inspector, 'keydown', ({ key }) => { if (key === 'Escape') hide(); });
	onChoice(buttons, 'shown', (chosen) => {
		shown = chosen;
		show(entry);
	});
	on(log, 'pin', refresh);
	tab.onLanguage(refresh);
	return { show, hide, copy };
}

async function copyText(text) {
	try {
		await navigator.clipboard.writeText(text);
		return true;
	} catch {
		on(document, 'copy', (event) => {
			event.clipboardData.setData('text/plain', text);
			event.preventDefault();
		}, { once: true });
		return document.execCommand('copy');
	}
}

// JSON as a tree. Only what is open has elements.
function branch(name, value, level, t) {
	const label = name === '' ? [] : [element('span', { class: 'json-key', text: cut(name) }), ': '];
	if (value === null || typeof value !== 'object' || JSON.isRawJSON?.(value)) {
		const kind = ['string', 'number'].find((type) => typeof value === type) ?? 'word';
		return element('div', { class: 'leaf' }, ...label, element('span', { class: `json-${kind}`, text: cut(JSON.stringify(value)) }));
	}
	const members = Object.entries(value);
	const size = Array.isArray(value) ? `[${members.length}]` : `{${members.length}}`;
	const details = element('details', {}, element('summary', {}, ...label, element('span', { class: 'soft', text: size })));
	const more = members.length - memberLimit;
	on(details, 'toggle', () => {
		details.append(...members.slice(0, memberLimit).map(([key, inner]) => branch(key, inner, level + 1, t)));
		if (more > 0) details.append(element('div', { class: 'leaf soft', text: t('inspector.members', { count: more }) }));
	}, { once: true });
	details.open = level === 0 || (level === 1 && members.length <= openLimit);
	return details;
}
