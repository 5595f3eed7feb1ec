// The tabs, each with a connection of its own.

import { element, icon, on } from './dom.js';
import { emit } from './events.js';
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
		this.#context = { ...context, tabsChanged: () => this.#keep(), openTab: (address) => this.open({ address }).form.connect() };
		on(context.language, 'change', () => {
			for (const workspace of this.all) emit(workspace, 'language');
			this.#nameAll();
		});
	}

	get all() { return this.#tabs.map(({ workspace }) => workspace); }

	open(wanted) {
		if (this.#tabs.length >= tabLimit) return this.active;
		const workspace = new Workspace(this.#context, this.#next, wanted);
		const button = element('button', { class: 'tab', click: () => this.show(workspace) });
		const cross = element('button', { class: 'tab-close', click: () => this.close(workspace) }, icon('cross'));
		const tab = { workspace, button, cross, item: element('li', { class: 'tab-item' }, button, cross) };
		this.#next += 1;
		this.#tabs.push(tab);
		this.#list.append(tab.item);
		this.#place.append(workspace.root);
		on(workspace.connection, 'change', () => this.#name(tab));
		this.show(workspace);
		return workspace;
	}

	show(workspace) {
		this.active = workspace;
		for (const other of this.all) other.root.hidden = other !== workspace;
		workspace.view = workspace.view;
		this.#keep();
		this.#list.querySelector('[aria-current="true"]').scrollIntoView({ block: 'nearest' });
	}

	showAt(index) {
		if (this.#tabs[index]) this.show(this.#tabs[index].workspace);
	}

	close(workspace) {
		const index = this.all.indexOf(workspace);
		const [{ item }] = this.#tabs.splice(index, 1);
		workspace.close();
		item.remove();
		if (this.#tabs.length === 0) this.open({ address: this.#context.presets[0] });
		const next = this.#tabs[Math.min(index, this.#tabs.length - 1)];
		this.show(this.active === workspace ? next.workspace : this.active);
		next.button.focus();
	}

	#name({ workspace, button, cross, item }) {
		const { t } = this.#context.language;
		const { title: name, address, connection: { state } } = workspace;
		const words = t(`state.${state}`);
		item.dataset.state = state;
		button.replaceChildren(element('span', { class: 'tab-lamp' }), element('span', { class: 'tab-name', text: name }), ' ',
			element('span', { class: 'unseen', text: words }));
		button.title = address;
		cross.ariaLabel = t('tabs.close', { name });
		button.ariaCurrent = workspace === this.active;
		if (workspace === this.active) document.title = `${words} · ${name} · ${t('page.title')}`;
	}

	#nameAll() {
		for (const tab of this.#tabs) this.#name(tab);
	}

	#keep() {
		this.#context.store.setOwn('tabs', this.all.map(({ wanted }) => wanted));
		this.#nameAll();
	}
}
