import assert from 'node:assert/strict';
import { readdir, readFile, stat } from 'node:fs/promises';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

const folder = new URL('../../resource/public/', import.meta.url);
// Of all that a browser loads for the page, as it is, not compressed. Not in it, since the page never
// loads it: the client, which is for other pages to import.
const sizeLimit = 150 * 1024;
// Compressed, as a browser gets it where the server or a proxy compresses.
const clientLimit = 16 * 1024;

const entries = await readdir(folder, { recursive: true, withFileTypes: true });
const files = entries.filter((entry) => entry.isFile())
  .map((entry) => new URL(`${entry.path ?? entry.parentPath}/${entry.name}`, 'file:'));
const sources = await Promise.all(files.map(async (file) => [file.pathname, await readFile(file, 'utf8')]));
const [, html] = sources.find(([path]) => path.endsWith('/index.html'));

const isClient = ([path]) => path.includes('/js/client/');

test('the page is small, and so is the client that others may import', () => {
  const page = sources.filter((file) => !isClient(file)).reduce((sum, [, source]) => sum + Buffer.byteLength(source), 0);
  assert.ok(page < sizeLimit, `${page} bytes are more than ${sizeLimit}`);
  const client = sources.filter((file) => isClient(file) && file[0].endsWith('.js'))
    .reduce((sum, [, source]) => sum + gzipSync(source).length, 0);
  assert.ok(client < clientLimit, `${client} bytes are more than ${clientLimit}`);
});

test('the client needs nothing outside of its folder', () => {
  for (const [path, source] of sources.filter(isClient)) {
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
