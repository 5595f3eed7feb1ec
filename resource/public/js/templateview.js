// Fills in messages from the server's AsyncAPI document: as JSON, and as a form with rules as hints.

import { buildMessage, rulesOf, sampleOf, typeOf } from './asyncapi.js';
import { element, on } from './dom.js';
import { readExact } from './json.js';
import { attempt } from './store.js';

export function templateView(tab, composer) {
	const { parts: { template: select, schema: form }, t, session, number } = tab;
	let templates = [];
	let template = null;
	let params = {};

	const write = (message = buildMessage(template, params, session.nextID())) => composer.write('json', JSON.stringify(message, null, 2));

	// What is in the field, if it is a message of the template.
	function written() {
		const { mode, text } = composer.draft();
		const message = template && mode === 'json' ? readExact(text) : undefined;
		return message && (!template.method || message.method === template.method) ? message : null;
	}

	function change(key, value) {
		const message = written();
		params = { ...params, [key]: value };
		write(message && template.method ? { ...message, params } : undefined);
	}

	// Shows in the form what was changed in the field. Who is in the form has made the change there.
	function follow() {
		const message = written();
		if (!message) return;
		params = (template.method ? message.params : message) ?? {};
		if (!form.contains(document.activeElement)) showForm();
	}

	function sent() {
		const message = written();
		if (template?.method && typeof message?.id === 'number') write({ ...message, id: session.nextID() });
	}

	function show() {
		select.disabled = templates.length === 0;
		select.title = t(select.disabled ? 'composer.noTemplates' : 'log.method');
		select.replaceChildren(...['', ...templates.map(({ name }) => name)].map((name) => element('option', { value: name, text: name || select.title })));
		select.value = template?.name ?? '';
		showForm();
	}

	function showForm() {
		const { schema, summary, name } = template ?? { schema: {} };
		form.hidden = !template;
		form.replaceChildren(element('legend', { class: 'unseen', text: name }),
			element('p', { class: 'soft', text: summary }),
			...Object.entries(schema.properties ?? {}).flatMap(([key, inner], index) => field(key, inner, `param-${number}-${index}`)));
	}

	function field(key, schema, id) {
		const isRequired = [template.schema.required].flat().includes(key);
		const options = schema.enum ?? (typeOf(schema) === 'boolean' ? [false, true] : null);
		const isText = !options && !schema.properties && [undefined, 'string'].includes(typeOf(schema));
		const input = element(options ? 'select' : 'input', { class: 'input code', id, 'aria-describedby': `${id}-hint` });
		if (options) input.append(element('option'), ...options.map((option) => element('option', { value: JSON.stringify(option), text: `${option}` })));
		const given = params[key];
		input.value = (isText && typeof given === 'string' ? given : JSON.stringify(given)) ?? '';
		input.ariaInvalid = isRequired && given === undefined;
		on(input, 'input', () => {
			const value = isText ? input.value || undefined : attempt(() => JSON.parse(input.value));
			input.ariaInvalid = value === undefined && (isRequired || input.value !== '');
			// What is emptied is left out.
			if (value !== undefined || input.value === '') change(key, value);
		});
		const hints = [schema.description ?? schema.title, isRequired && t('rule.required'), schema.format, schema.pattern, ...rulesOf(schema, t)];
		return [
			element('label', { for: id, text: key }), input,
			element('p', { class: 'hint', id: `${id}-hint`, text: hints.filter(Boolean).join(' · ') }),
		];
	}

	on(select, 'change', () => {
		const chosen = templates.find(({ name }) => name === select.value);
		// A copy: its schema is read once.
		template = chosen ? { ...chosen } : null;
		params = sampleOf(template?.schema);
		showForm();
		if (template) write();
	});
	tab.onLanguage(show);
	tab.templates.then((read) => {
		templates = read;
		show();
	});
	return { sent, follow };
}
