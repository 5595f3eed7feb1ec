// The message field: what is sent, as which type, and what is wrong with it.

import { convert, readDraft } from './bytes.js';
import { element, on, onChoice, onSubmit, press, setText } from './dom.js';
import { byteSize, utf8 } from './format.js';
import { History } from './history.js';
import { layOut, tokenize } from './json.js';
import { offerRepeat } from './repeat.js';
import { offerSaved } from './saved.js';
import { sealedSize } from './sign.js';
import { templateView } from './templateview.js';

// How many characters a frame has the time to colour.
const colouredMost = 8000;

export function composer(tab) {
	const { parts, t } = tab;
	const { field, coloured } = parts;
	const buttons = parts.composer.querySelectorAll('[data-mode]');
	const history = new History();
	let mode = 'text';
	let written = mode;
	let file = null;
	let warned = null;

	const draft = () => ({ mode, text: field.value });
	const focus = () => (mode === 'file' ? parts.file : field).focus();
	const sizeOf = (data) => (tab.connection.sign ? sealedSize(data) : utf8(data).length);
	const isTooLarge = (data) => tab.limit > 0 && sizeOf(data) > tab.limit;
	const read = () => (mode === 'file' ? { data: file?.bytes ?? new Uint8Array(), error: null } : readDraft(mode, field.value));

	function write(wanted, text) {
		field.value = text;
		mode = wanted;
		press(buttons, 'mode', mode);
		parts.composer.dataset.mode = mode;
		parts.drop.hidden = mode !== 'file';
		parts.editor.hidden = mode === 'file';
		edited();
	}

	function suggest(wanted, text) {
		write(wanted, text);
		focus();
	}

	function edited(isOpen = true) {
		if (isOpen) warned = null;
		template.follow();
		show();
	}

	function send() {
		const { data, error } = read();
		const problem = problemOf(data, error) ?? (tab.session.send(data) ? null : { key: 'warning.notOpen' });
		if (problem) {
			warned = problem;
			show();
			focus();
			if (problem.at !== undefined) field.setSelectionRange(problem.at, problem.at + 1);
			return false;
		}
		if (mode !== 'file') history.add(draft());
		template.sent();
		return true;
	}

	function problemOf(data, error) {
		if (mode === 'file' ? !file : !field.value) return { key: 'warning.empty' };
		// What is wrong is said once; a text that is sent again goes as it is.
		const isNew = (key) => warned?.key !== key;
		if (error && (mode !== 'json' || isNew(error.key))) return error;
		return isTooLarge(data) && isNew('warning.tooLarge') ? { key: 'warning.tooLarge', params: { limit: byteSize(tab.limit) } } : null;
	}

	function show() {
		const { data, error } = read();
		const isWrong = Boolean(error && field.value);
		setText(parts.size, byteSize(sizeOf(data)) + (tab.limit > 0 ? ` / ${byteSize(tab.limit)}` : ''));
		parts.size.dataset.over = isTooLarge(data);
		setText(parts.warning, warned ? t(warned.key, warned.params) : '');
		setText(parts.hint, isWrong ? t(error.key, error.params) : t(mode === 'text' ? 'hint.text' : 'hint.send'));
		parts.hint.dataset.wrong = isWrong;
		field.ariaInvalid = warned !== null;
		setText(parts.picked, file?.name ?? t('composer.choose'));
		tab.soon(colour, colour);
	}

	function colour() {
		const whole = mode === 'json' ? field.value : '';
		const { tokens, end } = tokenize(whole.slice(0, colouredMost));
		const rest = { kind: whole.length > colouredMost ? 'space' : 'wrong', text: whole.slice(end) };
		coloured.replaceChildren(...[...tokens, rest].map(({ kind, text }) => (
			/space|mark/.test(kind) ? text : element('span', { class: `json-${kind}`, text }))), '\n');
		coloured.scrollTop = field.scrollTop;
	}

	function keyDown(event) {
		// An Enter may end an input method's composition; Safari tells that by the key code alone.
		if (event.isComposing || event.keyCode === 229) return;
		const isInField = event.target === field && !event.shiftKey && !event.altKey && !event.ctrlKey && !event.metaKey;
		if (event.key === 'Enter' && (event.ctrlKey || event.metaKey || (isInField && mode === 'text'))) {
			event.preventDefault();
			if (!event.repeat) parts.composer.requestSubmit();
			return;
		}
		const { value, selectionStart: at, selectionEnd } = field;
		if (!isInField || at !== selectionEnd) return;
		const found = (event.key === 'ArrowUp' && !value.slice(0, at).includes('\n') && history.back(draft()))
			|| (event.key === 'ArrowDown' && !value.slice(at).includes('\n') && history.forward());
		if (!found) return;
		event.preventDefault();
		write(found.mode, found.text);
		field.setSelectionRange(field.value.length, field.value.length);
	}

	onSubmit(parts.composer, () => {
		if (!send()) return;
		if (mode === 'text') field.value = '';
		edited();
		focus();
	});
	on(parts.composer, 'keydown', keyDown);
	on(field, 'input', () => edited());
	on(field, 'scroll', () => { coloured.scrollTop = field.scrollTop; });
	on(parts.format, 'click', () => write('json', layOut(field.value)));
	on(parts.file, 'change', async () => {
		const [chosen] = parts.file.files;
		file = null;
		edited();
		const content = await chosen?.arrayBuffer().catch(() => null);
		if (!content || chosen !== parts.file.files[0]) return;
		file = { name: chosen.name, bytes: new Uint8Array(content) };
		edited();
	});
	onChoice(buttons, 'mode', (wanted) => {
		if (mode !== 'file') written = mode;
		write(wanted, convert(field.value, written, wanted));
	});
	const own = { draft, focus, suggest, write, edited };
	const template = templateView(tab, own);
	offerSaved(tab, own);
	offerRepeat(tab, send);
	write('text', '');
	tab.onLanguage(show);
	return own;
}
