// Puts the page together.

import { Composer } from './composer.js';
import { Connection, State } from './connection.js';
import { FactsView } from './factsview.js';
import { Language } from './language.js';
import { Log } from './log.js';
import { LogView } from './logview.js';
import { Session } from './session.js';
import { readSettings, socketURL } from './settings.js';
import { StatusView } from './statusview.js';

const platform = {
  WebSocket,
  now: () => Date.now(),
  random: () => Math.random(),
  setTimeout: (action, delay) => setTimeout(action, delay),
  clearTimeout: (timer) => clearTimeout(timer),
};

const byID = (id) => document.getElementById(id);
const language = new Language(document);
const { settings, problem } = await readSettings(fetch, location.href);

const log = new Log(platform.now);
const connection = new Connection(socketURL(location.href, settings), platform);
const session = new Session(connection, log, () => performance.now());

new LogView(byID('log'), log, language);
new FactsView(byID('facts'), session, settings.maxMessageBytes, language);
const composer = new Composer(byID('composer'), (type, text) => session.send(type, text), settings.maxMessageBytes, language);
new StatusView(byID('connection'), connection, language, platform, () => composer.focus());

connection.addEventListener('change', () => {
  if (connection.state === State.OPEN) composer.opened();
});

byID('version').textContent = settings.version;
for (const example of document.querySelectorAll('[data-example]')) {
  example.addEventListener('click', () => composer.suggest(example.textContent));
}

// The moments at which a server that was away may well be back.
addEventListener('online', () => connection.retryNow());
addEventListener('pageshow', () => connection.retryNow());
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') connection.retryNow();
});

if (problem) {
  const { pathname: path } = new URL(connection.url);
  log.add({ kind: 'event', tone: 'bad', message: { key: 'event.noSettings', params: { problem, path } } });
}
connection.connect();
