import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Server } from './client-peers.mjs';

const folder = fileURLToPath(new URL('../../resource/public/js/client/', import.meta.url));
const socket = fileURLToPath(import.meta.resolve('ws'));

/** A module of a project that has the client as a copy. */
const script = `
import { Client } from './vendor/gfws/client.js';
import { WebSocket } from ${JSON.stringify(new URL(`file://${socket}`).href)};

const client = new Client(process.argv[2], { platform: { WebSocket } });
await client.connect();
console.log(await client.call('greet', { name: 'npm' }));
client.close();
`;

test('the client works as a copy in an npm project', async (t) => {
  const project = await mkdtemp(join(tmpdir(), 'gfws-'));
  t.after(() => rm(project, { recursive: true }));
  await mkdir(join(project, 'vendor'));
  await cp(folder, join(project, 'vendor', 'gfws'), { recursive: true });
  await writeFile(join(project, 'package.json'), '{ "name": "copy", "private": true, "type": "module" }');
  await writeFile(join(project, 'main.js'), script);
  const server = await new Server().start();
  t.after(() => server.kill());

  const running = promisify(execFile)(process.execPath, ['main.js', server.url], { cwd: project, timeout: 60000 });
  const session = await server.accept();
  const call = await session.expect('greet');
  session.reply(call, `hello ${call.params.name}`);
  assert.equal((await running).stdout, 'hello npm\n');
});
