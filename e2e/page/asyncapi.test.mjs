import assert from 'node:assert/strict';
import { test } from 'node:test';
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
  assert.deepEqual([plain.name, plain.method, plain.summary, sampleOf(plain.schema)], ['hello', '', 'Says hello', { to: '' }]);
});

test('a document that is none has no templates, whatever it is', () => {
  for (const document of [{}, { operations: {} }, { operations: { a: { action: 'receive', channel: { $ref: '#/nowhere' } } } }, { components: { messages: {} } },
    { operations: { a: null, b: { action: 'receive', messages: [null, { payload: null }, { $ref: '#/%zz' }] }, c: { action: 'receive', channel: null, messages: 7 } } },
    { components: { messages: { a: null, b: { payload: null }, c: { payload: { properties: { method: { const: 7 }, params: { properties: null, items: { $ref: '#/%zz' } } } } } } } },
    { operations: { a: { action: 'receive', messages: [{ $ref: '#/constructor/prototype' }, { $ref: 'https://evil.example/' }] } } }]) {
    assert.deepEqual(readTemplates(document).filter(({ method }) => method), []);
  }
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
    [{ examples: ['e'], type: 'string' }, 'e'], [undefined, ''],
    [{ properties: { a: { type: 'boolean' } } }, { a: false }],
  ];
  for (const [schema, want] of cases) assert.deepEqual(sampleOf(schema), want, JSON.stringify(schema));
});

test('a message has what its kind has', () => {
  assert.deepEqual(buildMessage({ method: 'm' }, { a: 1 }, 7), { jsonrpc: '2.0', id: 7, method: 'm', params: { a: 1 } });
  assert.deepEqual(buildMessage({ method: 'm', isNotification: true }, {}, 7), { jsonrpc: '2.0', method: 'm' });
  assert.deepEqual(buildMessage({ method: '' }, { a: 1 }, 7), { a: 1 });
});

test('rules become hints', () => {
  assert.deepEqual(rulesOf({ type: 'string', maxLength: 64, enum: ['a', 'b'] }, true),
    [{ key: 'rule.required' }, { key: 'rule.maxLength', params: { value: '64' } }, { key: 'rule.enum', params: { value: 'a, b' } }]);
  assert.deepEqual(rulesOf({}, false), []);
});
