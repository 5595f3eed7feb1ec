import assert from 'node:assert/strict';
import { test } from 'node:test';
import { translator } from '../../resource/public/js/strings.js';
import { buildMessage, readTemplates, rulesOf, sampleOf } from '../../resource/public/js/asyncapi.js';

const api = {
  asyncapi: '3.0.0',
  channels: { rpc: { address: '/rpc', messages: { join: { $ref: '#/components/messages/join' }, said: { $ref: '#/components/messages/said' } } } },
  operations: {
    join: { action: 'receive', channel: { $ref: '#/channels/rpc' }, messages: [{ $ref: '#/channels/rpc/messages/join' }] },
    leave: { action: 'receive', channel: { $ref: '#/channels/rpc' }, messages: [{ $ref: '#/components/messages/room~1leave' }] },
    said: { action: 'send', channel: { $ref: '#/channels/rpc' }, messages: [{ $ref: '#/channels/rpc/messages/said' }] },
  },
  components: {
    messages: {
      join: {
        summary: 'Joins a room',
        payload: { type: 'object', properties: { jsonrpc: { const: '2.0' }, id: {}, method: { const: 'room.join' }, params: { $ref: '#/components/schemas/Join' } } },
      },
      'room/leave': { payload: { properties: { method: { enum: ['room.leave'] } } } },
      said: { payload: { properties: { method: { const: 'room.message' } } } },
    },
    schemas: {
      Join: {
        type: 'object',
        required: ['room'],
        properties: { room: { type: 'string', maxLength: 64 }, limit: { type: 'integer', minimum: 1 }, inner: { $ref: '#/components/schemas/Join' } },
      },
    },
  },
};

test('templates are what the server receives', () => {
  const [join, leave, ...others] = readTemplates(api);
  assert.deepEqual(others, []);
  assert.deepEqual([join.name, join.method, join.summary, join.isNotification], ['room.join', 'room.join', 'Joins a room', false]);
  assert.deepEqual(join.schema.properties.room, { type: 'string', maxLength: 64 });
  assert.deepEqual([leave.method, leave.schema, leave.isNotification], ['room.leave', {}, true]);
});

test('messages that are no calls are templates of their own', () => {
  const [plain] = readTemplates({ components: { messages: { hello: { title: 'Says hello', payload: { type: 'object', properties: { to: { type: 'string' } } } } } } });
  assert.deepEqual([plain.name, plain.method, plain.summary, sampleOf(plain.schema)], ['hello', undefined, 'Says hello', { to: '' }]);
});

test('a document that is none has no templates, whatever it is', () => {
  for (const document of [{}, { operations: {} }, { operations: { a: { action: 'receive', channel: { $ref: '#/nowhere' } } } }, { components: { messages: {} } },
    { operations: { a: null, b: { action: 'receive', messages: [null, { payload: null }, { $ref: '#/%zz' }] }, c: { action: 'receive', channel: null, messages: 7 } } },
    { components: { messages: { a: null, b: { payload: null }, c: { payload: { properties: { method: { const: 7 }, params: { properties: null, items: { $ref: '#/%zz' } } } } } } } },
    { operations: { a: { action: 'receive', messages: [{ $ref: '#/constructor/prototype' }, { $ref: 'https://evil.example/' }] } } }]) {
    assert.deepEqual(readTemplates(document).filter(({ method }) => method), []);
  }
});

test('messages of a channel have their names in it', () => {
  const named = readTemplates({
    channels: { chat: { messages: { '<b>hello</b>': { payload: { type: 'string' } }, bye: {}, none: null } } },
    operations: { all: { action: 'receive', channel: { $ref: '#/channels/chat' } }, none: { action: 'receive', channel: { $ref: '#/channels/chat' }, messages: null } },
  });
  assert.deepEqual(named.map(({ name, schema }) => [name, sampleOf(schema)]), [['<b>hello</b>', ''], ['bye', ''], ['none', '']]);
});

test('schemas that hold each other, and very many of them, take no time', () => {
  const names = Array.from({ length: 30 }, (_, index) => `S${index}`);
  const properties = Object.fromEntries(names.map((name) => [name, { $ref: `#/components/schemas/${name}` }]));
  const messages = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [
    `m${index}`, { payload: { properties: { method: { const: `call.${index}` }, params: { type: 'object', properties } } } },
  ]));
  const templates = readTemplates({ components: { messages, schemas: Object.fromEntries(names.map((name) => [name, { type: 'object', properties }])) } });
  assert.equal(templates.length, 5000);
  const sample = sampleOf(templates[0].schema);
  assert.deepEqual(Object.keys(sample), names);
  assert.ok(JSON.stringify(sample).length < 100_000);
});

test('a schema that holds itself ends', () => {
  const [join] = readTemplates(api);
  let depth = 0;
  for (let at = join.schema; at?.properties?.inner; at = at.properties.inner) depth += 1;
  assert.ok(depth < 20);
});

test('samples fit their schema', () => {
  const cases = [
    [{ type: 'string' }, ''], [{ type: 'string', default: 'a' }, 'a'], [{ enum: ['x', 'y'] }, 'x'], [{ const: 0 }, 0], [{ type: 'integer', minimum: 5 }, 5], [{ type: 'number' }, 0],
    [{ type: 'boolean' }, false], [{ type: 'array' }, []], [{ type: 'array', minItems: 1, items: { type: 'integer' } }, [0]], [{ type: 'object' }, {}], [{ type: ['string', 'null'] }, ''],
    [{ examples: ['e'], type: 'string' }, 'e'], [undefined, ''], [{ type: ['null', 'integer'] }, 0], [{ type: 'constructor' }, ''],
    [{ properties: { in: { properties: { list: { type: 'array', minItems: 1, items: { properties: { n: { type: 'number' } } } } } } } }, { in: { list: [{ n: 0 }] } }],
    [{ properties: { a: { type: 'boolean' } } }, { a: false }],
  ];
  for (const [schema, want] of cases) assert.deepEqual(sampleOf(schema), want, JSON.stringify(schema));
});

test('a message has what its kind has', () => {
  assert.deepEqual(buildMessage({ method: 'm' }, { a: 1 }, 7), { jsonrpc: '2.0', id: 7, method: 'm', params: { a: 1 } });
  assert.deepEqual(buildMessage({ method: 'm', isNotification: true }, '', 7), { jsonrpc: '2.0', method: 'm' });
  assert.deepEqual(buildMessage({ method: '' }, { a: 1 }, 7), { a: 1 });
});

test('rules become hints', () => {
  assert.deepEqual(rulesOf({ type: 'string', minLength: 0, maxLength: 64 }, translator('zh-CN')), ['至少 0', '至多 64']);
  assert.deepEqual(rulesOf({ minimum: 1, maxItems: 2 }, translator('en')), ['at least 1', 'at most 2']);
  assert.deepEqual(rulesOf({}), []);
});
