// Fills in messages from the server's AsyncAPI document: as JSON, and as a form with rules as hints.

import { buildMessage, rulesOf, sampleOf, typeOf } from './asyncapi.js';
import { readJSON } from './calls.js';
import { element, on } from './dom.js';
import { attempt } from './store.js';

export function templateView(tab, composer) {
	const { parts: { template: select, schema: form }, t, session, number } = tab;
	let templates = [];
	let template = null;
	let params = {};

	const write = () => composer.write('json', JSON.stringify(buildMessage(template, params, session.nextID()), null, 2));

	function sent() {
		const { mode, text } = composer.draft();
		const written = mode === 'json' && template?.method ? readJSON(text) : undefined;
		if (!written || written.method !== template.method || typeof written.id !== 'number') return;
		params = written.params ?? {};
		write();
	}

	function show() {
		select.disabled = templates.length === 0;
		select.title = t(select.disabled ? 'composer.noTemplates' : 'log.method');
		select.replaceChildren(element('option', { value: '', text: select.title }), ...templates.map(({ name }) => element('option', { value: name, text: name })));
		select.value = template?.name ?? '';
		showForm();
	}

	function showForm() {
		const { schema, summary, name } = template ?? { schema: {} };
		const fields = Object.entries(schema.properties ?? {});
		form.hidden = !template;
		form.replaceChildren(element('legend', { class: 'unseen', text: name }),
			element('p', { class: 'soft', text: summary || (fields.length > 0 ? '' : t('template.noParams')) }),
			...fields.flatMap(([key, inner], index) => field(key, inner, `param-${number}-${index}`)));
	}

	function field(key, schema, id) {
		const rules = rulesOf(schema, template.schema.required?.includes(key)).map((rule) => t(rule.key, rule.params));
		const input = inputOf(schema, params?.[key]);
		input.id = id;
		input.setAttribute('aria-describedby', `${id}-hint`);
		on(input, 'input', () => {
			const value = isText(schema) ? input.value : attempt(() => JSON.parse(input.value));
			input.ariaInvalid = value === undefined;
			if (value === undefined) return;
			params = { ...params, [key]: value };
			write();
		});
		return [
			element('label', { for: id, text: key }), input,
			element('p', { class: 'hint', id: `${id}-hint`, text: [schema.description ?? schema.title, ...rules].filter(Boolean).join(' · ') }),
		];
	}

	on(select, 'change', () => {
		template = templates.find(({ name }) => name === select.value) ?? null;
		params = sampleOf(template?.schema);
		showForm();
		if (template) write();
	});
	tab.onLanguage(show);
	tab.templates.then((read) => {
		templates = read;
		show();
	});
	return { sent };
}

function inputOf(schema, value) {
	const options = schema.enum ?? (typeOf(schema) === 'boolean' ? [false, true] : null);
	const input = options ? element('select', { class: 'input' }, ...options.map((option) => element('option', { value: JSON.stringify(option), text: option })))
		: element('input', { class: 'input code' });
	input.value = (isText(schema) ? value : JSON.stringify(value ?? options?.[0])) ?? '';
	return input;
}

function isText(schema) {
	return !schema.enum && !schema.properties && [undefined, 'string'].includes(typeOf(schema));
}
