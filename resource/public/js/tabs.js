// The tabs, each with a connection of its own.

import { element, icon, on } from './dom.js';
import { emit } from './events.js';
import { Workspace } from './workspace.js';

export const tabLimit = 12;

export class Tabs {
	#context;
	#next = 1;

	all = [];
	active = null;

	constructor(context) {
		this.#context = { ...context, tabsChanged: () => this.#keep(), openTab: (address) => this.open({ address }).form.connect() };
		on(context.language, 'change', () => {
			for (const workspace of this.all) {
				emit(workspace, 'language');
				this.#name(workspace);
			}
		});
	}

	open(wanted) {
		if (this.all.length >= tabLimit) return this.active;
		const workspace = new Workspace(this.#context, this.#next, wanted);
		const button = element('button', { class: 'tab', click: () => this.show(workspace) });
		const cross = element('button', { class: 'tab-close', click: () => this.close(workspace) }, icon('cross'));
		workspace.tab = { button, cross, item: element('li', { class: 'tab-item' }, button, cross) };
		this.#next += 1;
		this.all.push(workspace);
		this.#context.list.append(workspace.tab.item);
		this.#context.place.append(workspace.root);
		on(workspace.connection, 'change', () => this.#name(workspace));
		this.show(workspace);
		return workspace;
	}

	show(workspace) {
		this.active = workspace;
		for (const other of this.all) other.root.hidden = other !== workspace;
		workspace.view = workspace.view;
		this.#keep();
		workspace.tab.item.scrollIntoView({ block: 'nearest' });
	}

	showAt(index) {
		if (this.all[index]) this.show(this.all[index]);
	}

	close(workspace) {
		const index = this.all.indexOf(workspace);
		this.all.splice(index, 1);
		workspace.close();
		if (this.all.length === 0) this.open({ address: this.#context.presets[0] });
		const next = this.all[Math.min(index, this.all.length - 1)];
		this.show(this.active === workspace ? next : this.active);
		next.tab.button.focus();
	}

	#name(workspace) {
		const { t } = this.#context.language;
		const { title: name, address, connection: { state }, tab: { button, cross, item } } = workspace;
		const words = t(`state.${state}`);
		item.dataset.state = state;
		button.replaceChildren(element('span', { class: 'tab-lamp' }), element('span', { class: 'tab-name', text: name }), ' ',
			element('span', { class: 'unseen', text: words }));
		button.title = address;
		cross.ariaLabel = t('tabs.close', { name });
		button.ariaCurrent = workspace === this.active;
		if (workspace === this.active) document.title = `${words} · ${name} · ${t('page.title')}`;
	}

	// Each window has a list of its own; a new one begins as the last is.
	#keep() {
		for (const store of this.#context.stores) store.set('tabs', this.all.map(({ wanted }) => wanted));
		for (const workspace of this.all) this.#name(workspace);
	}
}
