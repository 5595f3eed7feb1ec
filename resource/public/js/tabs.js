// The tabs, each with a connection of its own.

import { element, icon, on, setText } from './dom.js';
import { Workspace } from './workspace.js';

export const tabLimit = 12;

export class Tabs {
	#list;
	#place;
	#context;
	#tabs = [];
	#next = 1;

	active = null;

	constructor(list, place, context) {
		this.#list = list;
		this.#place = place;
		this.#context = { ...context, tabsChanged: () => this.#keep(), openTab: (address) => this.open({ address }).connect() };
		on(context.language, 'change', () => this.#nameAll());
	}

	open(wanted) {
		if (this.#tabs.length >= tabLimit) return this.active;
		const workspace = new Workspace(this.#context, this.#next, wanted);
		const tab = { workspace, ...this.#entry(workspace) };
		this.#next += 1;
		this.#tabs.push(tab);
		this.#list.append(tab.item);
		this.#place.append(workspace.root);
		on(workspace, 'change', () => this.#name(tab));
		this.show(workspace);
		return workspace;
	}

	show(workspace) {
		this.active = workspace;
		for (const tab of this.#tabs) tab.workspace.root.hidden = tab.workspace !== workspace;
		workspace.view = workspace.view;
		this.#keep();
		this.#list.querySelector('[aria-current="true"]').scrollIntoView({ block: 'nearest' });
	}

	showAt(index) {
		if (this.#tabs[index]) this.show(this.#tabs[index].workspace);
	}

	close(workspace) {
		const index = this.#tabs.findIndex((tab) => tab.workspace === workspace);
		const [{ item }] = this.#tabs.splice(index, 1);
		workspace.close();
		item.remove();
		if (this.#tabs.length === 0) this.open({ address: this.#context.presets[0] });
		const next = this.#tabs[Math.min(index, this.#tabs.length - 1)];
		this.show(this.active === workspace ? next.workspace : this.active);
		next.button.focus();
	}

	retry() {
		for (const { workspace } of this.#tabs) workspace.connection.retryNow();
	}

	#entry(workspace) {
		const label = element('span', { class: 'tab-name' });
		const state = element('span', { class: 'unseen' });
		const button = element('button', { class: 'tab', click: () => this.show(workspace) }, element('span', { class: 'tab-lamp' }), label, ' ', state);
		const cross = element('button', { class: 'tab-close', click: () => this.close(workspace) }, icon('cross'));
		return { label, state, button, cross, item: element('li', { class: 'tab-item' }, button, cross) };
	}

	#name({ workspace, button, cross, label, state, item }) {
		const { t } = this.#context.language;
		const { title: name, connection } = workspace;
		item.dataset.state = connection.state;
		setText(label, name);
		button.title = workspace.address;
		setText(state, t(`state.${connection.state}`));
		cross.ariaLabel = t('tabs.close', { name });
		button.ariaCurrent = workspace === this.active;
		if (workspace === this.active) document.title = `${state.textContent} · ${name} · ${t('page.title')}`;
	}

	#nameAll() {
		for (const tab of this.#tabs) this.#name(tab);
	}

	#keep() {
		this.#context.store.set('tabs', this.#tabs.map(({ workspace }) => workspace.wanted));
		this.#nameAll();
	}
}
