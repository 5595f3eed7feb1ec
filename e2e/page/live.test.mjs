import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pathOf } from '../../resource/public/js/plot.js';
import { Samples, secondsKept } from '../../resource/public/js/samples.js';
import { ServerStats } from '../../resource/public/js/serverstats.js';

test('a second has its counts each way, and the median round trip', () => {
  const samples = new Samples();
  samples.count({ kind: 'sent', size: 10 });
  samples.count({ kind: 'echo', size: 4, roundTrip: 9 });
  samples.count({ kind: 'reply', size: 5, roundTrip: 1 });
  samples.count({ kind: 'received', size: 6 });
  samples.count({ kind: 'echo', size: 1, roundTrip: 5 });
  samples.tick('open');
  samples.tick('waiting');
  assert.deepEqual([...samples.seconds], [
    { sent: 1, received: 4, sentBytes: 10, receivedBytes: 16, roundTrip: 5, state: 'open' },
    { sent: 0, received: 0, sentBytes: 0, receivedBytes: 0, roundTrip: null, state: 'waiting' },
  ]);
  for (let second = 0; second < secondsKept; second += 1) samples.tick('closed');
  assert.equal(samples.seconds.length, secondsKept);
});

test('bars end now, and have gaps where there is nothing', () => {
  assert.equal(pathOf([], 100, 1), '');
  assert.equal(pathOf([0, 2], 100, 25), 'M298 100v0.0h1V100M299 100v-50.0h1V100');
  assert.equal(pathOf([4, null], 50, -12.5), 'M298 50v50.0h1V50');
});

test('statistics are read while one is allowed to', async (t) => {
  const answer = (body, status = 200) => async () => new Response(JSON.stringify(body), { status });
  const data = { sessions: 3, rooms: 2, refused: { origin: 1, token: 4 }, dropped: 0 };
  const cases = [
    ['good', answer({ code: 0, data }), '', [{ connections: 3, rooms: 2, refusals: 5 }]],
    ['sums of all endpoints', answer({ code: 0, data: { ...data, server: { sessions: 9, rooms: 4, refused: 7 } } }), '', [{ connections: 9, rooms: 4, refusals: 7 }]],
    ['no refusals yet', answer({ code: 0, data: { sessions: 0 } }), '', [{ connections: 0, rooms: 0, refusals: 0 }]],
    ['401', answer({}, 401), 'wanted', []],
    ['403', answer({}, 403), 'forbidden', []],
    ['404', answer({}, 404), 'missing', []],
    ['not allowed in GoFrame’s form', answer({ code: 61 }), 'forbidden', []],
    ['500', answer({}, 500), 'away', []],
    ['no JSON', async () => new Response('<html>'), 'away', []],
    ['away', async () => { throw new TypeError('no'); }, 'away', []],
  ];
  for (const [name, fetch, problem, seconds] of cases) {
    await t.test(name, async () => {
      const stats = new ServerStats(fetch, '/push/stats');
      assert.equal(await stats.read(), true);
      assert.deepEqual([stats.problem, [...stats.seconds]], [problem, seconds]);
    });
  }
});

test('a token is sent once there is one, and another may be tried', async () => {
  const fetch = async (path, { headers }) => (headers.Authorization === 'Bearer right'
    ? new Response(JSON.stringify({ code: 0, data: { sessions: 1 } })) : new Response('', { status: 401 }));
  const stats = new ServerStats(fetch, '/push/stats');
  const seen = [];
  for (const token of ['', 'wrong', 'right']) {
    stats.use(token);
    await stats.read();
    seen.push([stats.problem, stats.wantsToken]);
  }
  assert.deepEqual(seen, [['wanted', true], ['wrong', true], ['', false]]);
  assert.equal(stats.seconds.length, 1);
});

test('nobody is asked who has none, or has said no', async () => {
  let asked = 0;
  const fetch = async () => { asked += 1; return new Response('{}', { status: 403 }); };
  assert.equal(await new ServerStats(fetch, '').read(), false);
  const stats = new ServerStats(fetch, '/push/stats');
  await stats.read();
  assert.equal(await stats.read(), false);
  assert.equal(asked, 1);
});
