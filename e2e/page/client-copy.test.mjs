import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import typescript from 'typescript';
import { Server } from './client-peers.mjs';

const folder = fileURLToPath(new URL('../../resource/client/', import.meta.url));
const socket = import.meta.resolve('ws');

/** A module of a project that has the client as a copy. */
const script = `
import { Client } from './vendor/gfws/client.js';
import { WebSocket } from ${JSON.stringify(socket)};

const client = new Client(process.argv[2], { platform: { WebSocket } });
await client.connect();
console.log(await client.call('greet', { name: 'npm' }));
client.close();
`;

/** Code of such a project in TypeScript, with one mistake. */
const typed = `
import { Client, RpcError, isTerminal, type State } from './vendor/gfws/client.js';

const client = new Client('wss://example.com/rpc', {
  token: async () => 'a token', tokenIn: 'message', queue: { policy: 'drop-oldest' }, terminal: isTerminal,
});
client.addEventListener('state', ({ detail }) => { const state: State = detail; console.log(state.phase, state.next?.getTime()); });
client.on<{ text: string }>('room.message', ({ text }) => console.log(text.length));
client.handle('confirm', async () => { throw new RpcError(53, 'no', [1]); });
await client.connect();
const { seq } = await client.call<{ seq: number }>('room.say', { room: 'a', text: 'b' }, { timeout: 5000 });
const members: string[] = (await client.join('a')).members.map(({ user }) => user);
console.log(seq.toFixed(), members);
client.notify(1);
`;

/** Makes a project that has the client as a copy, and returns its folder. */
async function newProject(t, name, source) {
  const project = await mkdtemp(join(tmpdir(), 'gfws-'));
  t.after(() => rm(project, { recursive: true }));
  await mkdir(join(project, 'vendor'));
  await cp(folder, join(project, 'vendor', 'gfws'), { recursive: true });
  await writeFile(join(project, 'package.json'), '{ "name": "copy", "private": true, "type": "module" }');
  await writeFile(join(project, name), source);
  return project;
}

test('the types of the copy are those of TypeScript', async (t) => {
  const project = await newProject(t, 'main.ts', typed);
  const program = typescript.createProgram([join(project, 'main.ts')], {
    strict: true, noEmit: true, types: [], skipLibCheck: false,
    target: typescript.ScriptTarget.ES2022, module: typescript.ModuleKind.NodeNext,
    lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  });
  const faults = typescript.getPreEmitDiagnostics(program)
    .map(({ messageText }) => typescript.flattenDiagnosticMessageText(messageText, ' '));
  assert.deepEqual(faults, ["Argument of type 'number' is not assignable to parameter of type 'string'."]);
});

test('the client works as a copy in an npm project', async (t) => {
  const project = await newProject(t, 'main.js', script);
  const server = await new Server().start();
  t.after(() => server.kill());

  const running = promisify(execFile)(process.execPath, ['main.js', server.url], { cwd: project, timeout: 60000 });
  const session = await server.accept();
  const call = await session.expect('greet');
  session.reply(call, `hello ${call.params.name}`);
  assert.equal((await running).stdout, 'hello npm\n');
});
