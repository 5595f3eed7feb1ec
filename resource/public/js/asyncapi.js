// Templates of messages from an AsyncAPI 3 document.

import { attempt } from './store.js';

const depthLimit = 8;

export function readTemplates(api) {
	const resolve = resolver(api);
	const templates = messagesOf(api, resolve).map((message) => attempt(() => readTemplate(message, resolve))).filter((read) => read?.name);
	const byName = new Map(templates.map((template) => [template.name, template]));
	return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

export function sampleOf(schema = {}) {
	const given = [schema.const, schema.default, schema.examples?.[0], schema.enum?.[0]]
		.find((value) => value !== undefined);
	if (given !== undefined) return given;
	if (schema.properties) {
		return Object.fromEntries(Object.entries(schema.properties).map(([name, inner]) => [name, sampleOf(inner)]));
	}
	const samples = {
		integer: schema.minimum ?? 0, number: schema.minimum ?? 0, boolean: false, object: {},
		array: schema.minItems > 0 ? [sampleOf(schema.items)] : [],
	};
	return samples[typeOf(schema)] ?? '';
}

export function typeOf(schema) {
	return [schema.type].flat()[0];
}

export function buildMessage({ method, isNotification }, params, id) {
	if (!method) return params;
	const isNothing = Object.keys(params ?? {}).length === 0;
	return { jsonrpc: '2.0', ...(!isNotification && { id }), method, ...(!isNothing && { params }) };
}

const ruleNames = ['format', 'minLength', 'maxLength', 'minimum', 'maximum', 'minItems', 'maxItems', 'pattern', 'enum'];

export function rulesOf(schema, isRequired) {
	const rules = ruleNames.filter((name) => schema[name] !== undefined)
		.map((name) => ({ key: `rule.${name}`, params: { value: [schema[name]].flat().join(', ') } }));
	return isRequired ? [{ key: 'rule.required' }, ...rules] : rules;
}

function messagesOf(api, resolve) {
	const named = ([name, message]) => ({ name, ...resolve(message) });
	const sent = Object.values(api.operations ?? {}).map((operation) => resolve(operation)).filter(({ action }) => action === 'receive');
	if (sent.length === 0) return Object.entries(api.components?.messages ?? {}).map(named);
	return sent.flatMap(({ messages, channel }) => [messages ?? Object.values(resolve(channel).messages ?? {})].flat()
		.map((message) => named([String(message?.$ref).split('/').at(-1), message])));
}

function readTemplate({ name, payload = {}, summary, title, description }, resolve) {
	const schema = expand(payload.schema ?? payload, resolve);
	const { method, params, id } = schema.properties ?? {};
	const called = method?.const ?? method?.enum?.[0];
	const words = summary ?? title ?? description ?? '';
	if (typeof called !== 'string') return { name, method: '', summary: words, schema, isNotification: false };
	return { name: called, method: called, summary: words, schema: params ?? {}, isNotification: id === undefined };
}

// The $refs of a document name places in it, and nothing else.
function resolver(api) {
	return function resolve(value, depth = 0) {
		if (typeof value?.$ref !== 'string' || depth > depthLimit) return value ?? {};
		const path = value.$ref.replace(/^#\/?/, '').split('/')
			.map((name) => (attempt(() => decodeURIComponent(name)) ?? name).replaceAll('~1', '/').replaceAll('~0', '~'));
		return resolve(path.reduce((at, name) => (at && Object.hasOwn(at, name) ? at[name] : undefined), api), depth + 1);
	};
}

function expand(given, resolve, depth = 0) {
	if (depth > depthLimit) return {};
	const { items, properties, ...schema } = resolve(given);
	const inner = (other) => expand(other, resolve, depth + 1);
	if (items) schema.items = inner(items);
	if (properties) schema.properties = Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, inner(one)]));
	return schema;
}
