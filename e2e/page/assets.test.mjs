import assert from 'node:assert/strict';
import { readdir, readFile, stat } from 'node:fs/promises';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

const folder = new URL('../../resource/public/', import.meta.url);
const clientFolder = new URL('../../resource/client/', import.meta.url);
// Of all that makes the page, as it is, not compressed.
const sizeLimit = 150_000;
// Compressed, as a browser gets it where the server or a proxy compresses.
const clientLimit = 16 * 1024;

async function read(from) {
  const entries = await readdir(from, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile())
    .map((entry) => new URL(`${entry.path ?? entry.parentPath}/${entry.name}`, 'file:'));
  return Promise.all(files.map(async (file) => [file.pathname, await readFile(file, 'utf8')]));
}

const page = await read(folder);
const client = await read(clientFolder);
const sources = [...page, ...client];
const [, html] = page.find(([path]) => path.endsWith('/index.html'));

test('the page is small', () => {
  const size = page.reduce((sum, [, source]) => sum + Buffer.byteLength(source), 0);
  assert.ok(size < sizeLimit, `${size} bytes are more than ${sizeLimit}`);
});

test('the client is small, compressed', () => {
  const modules = client.filter(([path]) => path.endsWith('.js'));
  assert.ok(modules.length > 10, 'the client has no modules');
  const size = modules.reduce((sum, [, source]) => sum + gzipSync(source).length, 0);
  assert.ok(size < clientLimit, `${size} bytes are more than ${clientLimit}`);
});

test('the client needs nothing outside of its folder', () => {
  for (const [path, source] of client) {
    for (const [, target] of source.matchAll(/from '([^']+)'/g)) assert.match(target, /^\.\/[\w-]+\.js$/, path);
  }
});

test('the page needs nothing that its Content-Security-Policy forbids', () => {
  assert.doesNotMatch(html, /<script(?![^>]*\ssrc=)/, 'inline script');
  assert.doesNotMatch(html, /<style|\sstyle=/, 'inline style');
  assert.doesNotMatch(html, /\son\w+=/, 'inline event handler');
  for (const [path, source] of sources) {
    assert.doesNotMatch(source, /\bdata:\w+\/|\beval\(|new Function/, path);
  }
});

test('no file names another host', () => {
  for (const [path, source] of sources) {
    const hosts = source.replaceAll('http://www.w3.org/2000/svg', '').replaceAll('//i.test', '').match(/(https?:)?\/\/[\w-]+\.[\w.-]+/g);
    assert.equal(hosts, null, path);
  }
});

test('nothing turns text into markup', () => {
  for (const [path, source] of sources) {
    assert.doesNotMatch(source, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|setHTML|createContextualFragment/, path);
  }
});

test('what the page and its modules name exists, relative to them', async () => {
  const linked = [...html.matchAll(/(?:src|href)="([^"#]+)"/g)].map(([, path]) => new URL(path, folder));
  const imported = sources.filter(([path]) => path.endsWith('.js')).flatMap(([path, source]) =>
    [...source.matchAll(/from '([^']+)'/g)].map(([, target]) => new URL(target, `file:${path}`)));
  assert.ok(linked.length > 5 && imported.length > 10);
  for (const file of [...linked, ...imported]) await stat(file);
});
