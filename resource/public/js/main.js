// Puts the page together.

import { readAddress } from './address.js';
import { readTemplates } from './asyncapi.js';
import { drawIcons, on } from './dom.js';
import { Language } from './language.js';
import { ServerStats } from './serverstats.js';
import { checkHandshake, readDocument, readSettings, socketURL } from './settings.js';
import { offerHelp, offerKept } from './sheets.js';
import { listen } from './shortcuts.js';
import { deviceStorage, Store } from './store.js';
import { Tabs } from './tabs.js';
import { offerThemes } from './theme.js';

const platform = {
	WebSocket,
	now: Date.now,
	random: Math.random,
	setTimeout: (action, delay) => setTimeout(action, delay),
	clearTimeout: (timer) => clearTimeout(timer),
};

const byID = (id) => document.getElementById(id);
const page = location.href;
const store = new Store(deviceStorage());
drawIcons(document);
drawIcons(byID('workspace').content);
const language = new Language(document, store);
const { settings, problem } = await readSettings(fetch, page);

const own = socketURL(page, settings);
const others = settings.endpoints.map((path) => socketURL(page, { path }));
const tabs = new Tabs(byID('tabs'), byID('workspaces'), {
	page, settings, store, language, platform,
	presets: [own, ...others],
	stats: new ServerStats((...how) => fetch(...how), settings.stats),
	template: byID('workspace'),
	templates: readDocument(fetch, settings.asyncapi).then(readTemplates).catch(() => []),
	check: (path, subprotocols) => checkHandshake(fetch, page, path, subprotocols),
});

byID('version').textContent = settings.version;
on(byID('tab-new'), 'click', () => tabs.open({ address: '' }).parts.address.focus());
on(byID('skip'), 'click', () => tabs.active.composer.focus());
offerThemes(byID('theme'), language, store);
offerHelp(byID, language);
offerKept(byID, language, store);
listen(document, tabs);

// The moments at which a server that was away may well be back.
for (const moment of ['online', 'pageshow']) on(window, moment, () => tabs.retry());
on(document, 'visibilitychange', () => { if (!document.hidden) tabs.retry(); });

const known = store.getList('tabs').filter((wanted) => wanted?.address && readAddress(String(wanted.address), page).url === wanted.address);
for (const wanted of known.length > 0 ? known : [{ address: own }]) tabs.open(wanted);
tabs.showAt(0);
if (problem) {
	const { pathname: path } = new URL(own);
	tabs.active.log.add({ kind: 'event', tone: 'bad', message: { key: 'event.noSettings', params: { problem, path } } });
}
// Only the server that the page came from is talked to unasked.
if (tabs.active.wanted.address === own) tabs.active.connect();
