import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkHandshake, readDocument, readSettings } from '../../resource/public/js/settings.js';

const good = {
  version: 'v0.1.0', path: '/ws', maxMessageBytes: 65536, endpoints: ['/ws', '/rpc'],
  asyncapi: '/asyncapi.json', stats: '/push/stats', tokenWay: 'query', subprotocol: 'v1',
};
const told = ({ tokenWay, subprotocol, ...others }) => ({ ...others, securePath: '/wss', auth: { methods: ['cookie', tokenWay, 'first-message'], subprotocol } });
const defaults = {
  version: '', path: '/ws', maxMessageBytes: 0, endpoints: [], asyncapi: '', stats: '',
  tokenWay: 'first-message', subprotocol: '',
};

const answering = (body, status = 200) => async () => new Response(body, { status });
/** Does action while requests are answered by fetch. */
const through = (fetch, action) => {
  globalThis.fetch = fetch;
  return action();
};
const answeringData = (data) => answering(JSON.stringify({ code: 0, message: 'OK', data }));

test('settings are asked for beside the page', async () => {
  const cases = [
    ['http://host:8199/', 'http://host:8199/settings.json'],
    ['http://host/some/path/', 'http://host/some/path/settings.json'],
    ['https://host/some/path/index.html?x=1#y', 'https://host/some/path/settings.json'],
  ];
  for (const [page, want] of cases) {
    let asked = '';
    globalThis.fetch = async (address) => {
      asked = address;
      return new Response('{}');
    };
    await readSettings(page);
    assert.equal(asked, want);
  }
});

test('good settings are taken as they are', async () => {
  const { settings, problem } = await through(answeringData(told(good)), () => readSettings('http://host/'));
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
      const { settings, problem } = await through(fetch, () => readSettings('http://host/'));
      assert.deepEqual(settings, defaults);
      assert.ok(problem.includes(why), `${problem} does not say ${why}`);
    });
  }
});

test('a doubtful part alone is left out', async (t) => {
  const cases = [
    [{ maxMessageBytes: -1 }, { maxMessageBytes: 0 }],
    [{ asyncapi: 'https://evil.example/' }, { asyncapi: '' }],
    [{ stats: '/\\\\evil.example' }, { stats: '' }],
    [{ endpoints: null }, { endpoints: [] }],
    [{ auth: { methods: ['bearer', 'subprotocol'] } }, { tokenWay: 'subprotocol', subprotocol: '' }],
    [{ auth: { methods: null } }, { tokenWay: 'first-message', subprotocol: '' }],
    [{ auth: undefined }, { tokenWay: 'first-message', subprotocol: '' }],
  ];
  for (const [given, want] of cases) {
    await t.test(JSON.stringify(given), async () => {
      const { settings, problem } = await through(answeringData({ ...told(good), ...given }), () => readSettings('http://host/'));
      assert.deepEqual(settings, { ...good, ...want });
      assert.equal(problem, '');
    });
  }
});

test('the path follows the page', async () => {
  const cases = [['http://host/', '/wss', '/ws'], ['https://host/', '/wss', '/wss'], ['https://host/', undefined, '/ws'], ['https://host/', '//evil.example', '/ws']];
  for (const [page, securePath, want] of cases) {
    const { settings } = await through(answeringData({ ...told(good), securePath }), () => readSettings(page));
    assert.equal(settings.path, want, `${page} ${securePath}`);
  }
  const { settings } = await through(answering('', 404), () => readSettings('https://host/'));
  assert.equal(settings.path, '/wss');
});

test('a document that cannot be read has a problem', async () => {
  const read = (fetch) => through(fetch, () => readDocument('/asyncapi.json'));
  assert.deepEqual(await read(answering('{"asyncapi":"3.0.0"}')), { asyncapi: '3.0.0' });
  assert.deepEqual(await read(answering('null')), {});
  await assert.rejects(read(answering('{}', 404)), /HTTP 404/);
  await assert.rejects(read(answering('<html>')), /JSON/);
  await assert.rejects(read(async () => { throw new TypeError('no'); }), /no/);
});

test('the server is asked how it would answer', async () => {
  const page = 'http://host/console/';
  const check = (fetch) => through(fetch, () => checkHandshake(page, ['/ws'], '/ws?x=1', ['v1']));
  let asked;
  const refusing = async (address, how) => {
    asked = [address, how.method, JSON.parse(how.body)];
    return new Response('{"code":0,"data":{"status":403,"message":"no"}}');
  };
  assert.deepEqual(await check(refusing), { status: 403, message: 'no' });
  assert.deepEqual(asked, ['http://host/console/check.json', 'POST', { address: '/ws?x=1', subprotocols: ['v1'] }]);
  assert.equal(await check(answering('{"code":51}')), null);
  assert.equal(await check(answering('<html>')), null);
  assert.deepEqual(await check(async () => { throw new TypeError('Failed to fetch'); }), { status: 0, message: '' });
  const unasked = () => assert.fail('asked about no endpoint');
  assert.deepEqual(await through(unasked, () => checkHandshake(page, ['/ws'], '/wss?x=1', [])), { endpoints: ['/ws'] });
});
