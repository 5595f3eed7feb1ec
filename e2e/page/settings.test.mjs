import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkHandshake, readDocument, readSettings, socketURL } from '../../resource/public/js/settings.js';

const good = {
  version: 'v0.1.0', path: '/ws', securePath: '/wss', maxMessageBytes: 65536, endpoints: ['/ws', '/rpc'],
  asyncapi: '/asyncapi.json', stats: '/push/stats', tokenWays: ['query', 'message', 'subprotocol'], subprotocol: 'v1',
};
const told = ({ tokenWays, subprotocol, ...others }) => ({ ...others, auth: { methods: ['query', 'first-message', 'cookie'], subprotocol } });
const defaults = {
  version: '', path: '/ws', securePath: '/wss', maxMessageBytes: 0, endpoints: [], asyncapi: '', stats: '',
  tokenWays: ['message', 'subprotocol', 'query'], subprotocol: '',
};

const answering = (body, status = 200) => async () => new Response(body, { status });
const answeringData = (data) => answering(JSON.stringify({ code: 0, message: 'OK', data }));

test('settings are asked for beside the page', async () => {
  const cases = [
    ['http://host:8199/', 'http://host:8199/settings.json'],
    ['http://host/some/path/', 'http://host/some/path/settings.json'],
    ['https://host/some/path/index.html?x=1#y', 'https://host/some/path/settings.json'],
  ];
  for (const [page, want] of cases) {
    let asked = '';
    await readSettings(async (address) => {
      asked = address;
      return new Response('{}');
    }, page);
    assert.equal(asked, want);
  }
});

test('good settings are taken as they are', async () => {
  const { settings, problem } = await readSettings(answeringData(told(good)), 'http://host/');
  assert.deepEqual(settings, good);
  assert.equal(problem, '');
});

test('settings that cannot be read are replaced, and it is said why', async (t) => {
  const cases = [
    ['not found', answering('', 404), 'HTTP 404'],
    ['server error', answering('{"code":0}', 500), 'HTTP 500'],
    ['not JSON', answering('<html>'), 'JSON'],
    ['null', answering('null'), 'no code 0'],
    ['an error of GoFrame', answering('{"code":65,"message":"Not Found","data":null}'), 'Not Found'],
    ['no data', answering('{"code":0,"message":"OK"}'), 'path undefined'],
    ['network', async () => { throw new TypeError('Failed to fetch'); }, 'Failed to fetch'],
    ['path of another host', answeringData({ ...good, path: '//evil.example/ws' }), 'evil.example'],
    ['path with a backslash', answeringData({ ...good, path: '/\\evil.example/ws' }), 'evil.example'],
    ['a whole address', answeringData({ ...good, path: 'wss://evil.example/ws' }), 'evil.example'],
    ['path of another type', answeringData({ ...good, path: 7 }), 'path 7'],
  ];
  for (const [name, fetch, why] of cases) {
    await t.test(name, async () => {
      const { settings, problem } = await readSettings(fetch, 'http://host/');
      assert.deepEqual(settings, defaults);
      assert.ok(problem.includes(why), `${problem} does not say ${why}`);
    });
  }
});

test('a doubtful part alone is left out', async (t) => {
  const cases = [
    [{ securePath: '//evil.example' }, { securePath: '' }],
    [{ securePath: undefined }, { securePath: '' }],
    [{ maxMessageBytes: 'many' }, { maxMessageBytes: 0 }],
    [{ maxMessageBytes: -1 }, { maxMessageBytes: 0 }],
    [{ version: 3 }, { version: '' }],
    [{ endpoints: '/ws' }, { endpoints: [] }],
    [{ endpoints: ['/ws', '//evil.example', 7] }, { endpoints: ['/ws'] }],
    [{ asyncapi: 'https://evil.example/' }, { asyncapi: '' }],
    [{ stats: '/\\\\evil.example' }, { stats: '' }],
    [{ auth: { methods: ['subprotocol', 7] } }, { tokenWays: ['subprotocol', 'message', 'query'], subprotocol: '' }],
    [{ auth: 'bearer' }, { tokenWays: ['message', 'subprotocol', 'query'], subprotocol: '' }],
  ];
  for (const [given, want] of cases) {
    await t.test(JSON.stringify(given), async () => {
      const { settings, problem } = await readSettings(answeringData({ ...told(good), ...given }), 'http://host/');
      assert.deepEqual(settings, { ...good, ...want });
      assert.equal(problem, '');
    });
  }
});

test('the address follows the page', () => {
  const cases = [
    ['http://127.0.0.1:8199/', {}, 'ws://127.0.0.1:8199/ws'],
    ['https://127.0.0.1:8199/', {}, 'wss://127.0.0.1:8199/wss'],
    ['https://example.com/some/path/?a=b#c', {}, 'wss://example.com/wss'],
    ['https://example.com/', { securePath: '' }, 'wss://example.com/ws'],
    ['http://[::1]:8199/', {}, 'ws://[::1]:8199/ws'],
    ['http://host/', { path: '/chat?room=1#part' }, 'ws://host/chat?room=1'],
  ];
  for (const [page, given, want] of cases) {
    assert.equal(socketURL(page, { ...good, ...given }), want);
  }
});

test('a document that cannot be read has a problem', async () => {
  assert.deepEqual(await readDocument(answering('{"asyncapi":"3.0.0"}'), '/asyncapi.json'), { asyncapi: '3.0.0' });
  assert.deepEqual(await readDocument(answering('null'), '/asyncapi.json'), {});
  await assert.rejects(readDocument(answering('{}', 404), '/asyncapi.json'), /HTTP 404/);
  await assert.rejects(readDocument(answering('<html>'), '/asyncapi.json'), /JSON/);
  await assert.rejects(readDocument(async () => { throw new TypeError('no'); }, '/asyncapi.json'), /no/);
});

test('the server is asked how it would answer', async () => {
  let asked;
  const fetch = async (address, how) => {
    asked = [address, how.method, JSON.parse(how.body)];
    return new Response('{"code":0,"data":{"status":403,"message":"no"}}');
  };
  assert.deepEqual(await checkHandshake(fetch, 'http://host/console/', ['/ws'], '/ws?x=1', ['v1']), { status: 403, message: 'no' });
  assert.deepEqual(asked, ['http://host/console/check.json', 'POST', { address: '/ws?x=1', subprotocols: ['v1'] }]);
  assert.equal(await checkHandshake(answering('{"code":51}'), 'http://host/', [], '/', []), null);
  assert.equal(await checkHandshake(answering('<html>'), 'http://host/', [], '/', []), null);
  const away = async () => { throw new TypeError('Failed to fetch'); };
  assert.deepEqual(await checkHandshake(away, 'http://host/', [], '/', []), { status: 0, message: '' });
  const unasked = () => assert.fail('asked about no endpoint');
  assert.deepEqual(await checkHandshake(unasked, 'http://host/', ['/ws'], '/wss?x=1', []), { endpoints: ['/ws'] });
});
