// Puts the page together.

import { readAddress } from './address.js';
import { readTemplates } from './asyncapi.js';
import { drawIcons, on } from './dom.js';
import { Language } from './language.js';
import { ServerStats } from './serverstats.js';
import { checkHandshake, readDocument, readSettings } from './settings.js';
import { offerHelp, offerKept } from './sheets.js';
import { listen } from './shortcuts.js';
import { attempt, Store } from './store.js';
import { Tabs } from './tabs.js';
import { offerThemes } from './theme.js';

const byID = (id) => document.getElementById(id);
const page = location.href;
const store = new Store(attempt(() => localStorage));
// That of the window comes first: what it has, another window does not change.
const stores = [new Store(attempt(() => sessionStorage)), store];
drawIcons(document);
drawIcons(byID('workspace').content);
const language = new Language(document, store);
const { settings, problem } = await readSettings(page);

const presets = [settings.path, ...settings.endpoints].map((path) => readAddress(path, page));
const [own] = presets;
const tabs = new Tabs({
	page, settings, store, stores, language, presets,
	stats: new ServerStats((...how) => fetch(...how), settings.stats),
	list: byID('tabs'),
	place: byID('workspaces'),
	template: byID('workspace'),
	templates: readMethods(settings.asyncapi),
	check: (...handshake) => checkHandshake(page, settings.endpoints, ...handshake),
});

byID('version').textContent = settings.version;
on(byID('tab-new'), 'click', () => tabs.open({ address: '' }).parts.address.focus());
on(byID('skip'), 'click', () => tabs.active.composer.focus());
offerThemes(byID('theme'), language, store);
offerHelp(byID, language);
offerKept(byID, language, stores, tabs);
listen(document, tabs);

// The moments at which a server that was away may well be back.
for (const moment of ['online', 'pageshow']) on(window, moment, retry);
on(document, 'visibilitychange', () => { if (!document.hidden) retry(); });
on(window, 'pagehide', ({ persisted }) => { if (persisted) for (const { connection } of tabs.all) connection.leave(); });

const isUsable = (wanted) => attempt(() => wanted.address && `${Object.values(wanted)}` && readAddress(wanted.address, page) === wanted.address);
const lists = stores.map((kept) => kept.getList('tabs').filter(isUsable));
for (const wanted of lists.find(({ length }) => length > 0) ?? [{ address: own }]) tabs.open(wanted);
tabs.showAt(0);
if (problem) warn('event.noSettings', { problem, path: settings.path });
// Only the server that the page came from is talked to unasked.
if (tabs.active.wanted.address === own) tabs.active.form.connect();

function retry() {
	for (const { connection } of tabs.all) connection.retryNow();
}

function warn(key, params) {
	tabs.active.log.add({ kind: 'event', tone: 'bad', message: { key, params } });
}

async function readMethods(path) {
	try {
		const templates = path ? readTemplates(await readDocument(path)) : [];
		if (path && templates.length === 0) throw new Error('no messages');
		return templates;
	} catch ({ message: problem }) {
		warn('event.noDocument', { path, problem });
		return [];
	}
}
