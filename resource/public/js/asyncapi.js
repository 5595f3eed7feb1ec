// Reads message templates from an AsyncAPI 3 document.

import { attempt } from './store.js';

const chainLimit = 8;
const schemaLimit = 1000;

// The schema of a template is read when it is asked for: of thousands few are.
export function readTemplates(api) {
	const resolve = resolver(api);
	const templates = messagesOf(api, resolve).map((message) => attempt(() => readTemplate(message, resolve))).filter(Boolean);
	const byName = new Map(templates.map((template) => [template.name, template]));
	return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

export function sampleOf(schema = {}) {
	const given = [schema.const, schema.default, schema.examples?.[0], schema.enum?.[0]]
		.find((value) => value !== undefined);
	if (given !== undefined) return given;
	if (schema.properties) return members(schema.properties, sampleOf);
	const samples = {
		__proto__: null, integer: schema.minimum ?? 0, number: schema.minimum ?? 0, boolean: false, object: {},
		array: schema.minItems > 0 ? [sampleOf(schema.items)] : [],
	};
	return samples[typeOf(schema)] ?? '';
}

export function typeOf(schema) {
	return [schema.type].flat().find((type) => type !== 'null');
}

export function buildMessage({ method, isNotification }, params, id) {
	if (!method) return params;
	return { jsonrpc: '2.0', ...(!isNotification && { id }), method, ...(params && { params }) };
}

const ruleNames = ['minLength', 'maxLength', 'minimum', 'maximum', 'minItems', 'maxItems'];

export function rulesOf(schema, t) {
	return ruleNames.filter((name) => name in schema).map((name) => t(`rule.${name.replace(/Length|Items/, 'imum')}`, { value: schema[name] }));
}

function messagesOf(api, resolve) {
	const named = ([name, message]) => ({ name, ...resolve(message) });
	const sent = Object.values(api.operations ?? {}).map((operation) => resolve(operation)).filter(({ action }) => action === 'receive');
	if (sent.length === 0) return Object.entries(api.components?.messages ?? {}).map(named);
	return sent.flatMap(({ messages, channel }) => (
		messages?.map?.((message) => [String(message?.$ref).split('/').at(-1), message]) ?? Object.entries(resolve(channel).messages ?? {})).map(named));
}

function readTemplate({ name, payload = {}, summary, title, description }, resolve) {
	const whole = payload.schema ?? payload;
	const { method: named, params, id } = resolve(resolve(whole).properties);
	const { const: only, enum: some } = resolve(named);
	const [method] = [only ?? some].flat().filter((value) => typeof value === 'string');
	return {
		name: method ?? String(name), method, summary: summary ?? title ?? description, isNotification: id === undefined,
		get schema() { return expand(method ? params : whole, resolve); },
	};
}

// The $refs of a document name places in it, and nothing else.
function resolver(api) {
	return function resolve(value, depth = 0) {
		if (typeof value?.$ref !== 'string' || depth > chainLimit) return value ?? {};
		const path = attempt(() => decodeURIComponent(value.$ref))?.replace(/^#\/?/, '').split('/') ?? [''];
		const names = path.map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
		return resolve(names.reduce((at, name) => (at && Object.hasOwn(at, name) ? at[name] : undefined), api), depth + 1);
	};
}

// A schema that is inside of itself, or comes after very many, is left without its members.
function expand(given, resolve, budget = { left: schemaLimit }, outer = []) {
	const found = resolve(given);
	const { items, properties, ...schema } = found;
	budget.left -= 1;
	if (outer.includes(found) || budget.left < 0) return schema;
	const inner = (other) => expand(other, resolve, budget, [...outer, found]);
	if (items) schema.items = inner(items);
	if (properties) schema.properties = members(properties, inner);
	return schema;
}

function members(object, change) {
	return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]));
}
