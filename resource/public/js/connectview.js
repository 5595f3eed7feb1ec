// The form that says where to connect to, and how.

import { readAddress, readSubprotocols, remember, withoutToken, withToken } from './address.js';
import { element, on, onSubmit, setText } from './dom.js';
import { signer } from './sign.js';

export function connectView(tab) {
	const { parts, connection, session, page, store, settings, presets, wanted, t } = tab;
	const secrets = { tokens: parts.token, signingKeys: parts.signingKey };
	let problem = '';
	let last = wanted.address;

	// The secrets of one origin are none of another's.
	function takeAddress() {
		const url = readAddress(parts.address.value, page);
		if (url && last && new URL(url).origin !== new URL(last).origin) recall(withoutToken(url));
		last = url || last;
		return url;
	}

	function show(found) {
		problem = found;
		setText(parts.wrong, problem && t(problem));
		parts.address.ariaInvalid = problem === 'connect.invalid';
	}

	// Shows what is kept for an address.
	function recall(address) {
		for (const [name, input] of Object.entries(secrets)) input.value = store.get(name, {})[address] ?? '';
		parts.keep.checked = Object.values(secrets).some(({ value }) => value);
	}

	function keep() {
		const url = takeAddress();
		connection.reconnects = parts.reconnects.checked;
		Object.assign(wanted, {
			address: url && withoutToken(url), subprotocols: parts.subprotocols.value, way: parts.way.value, reconnects: parts.reconnects.checked,
		});
		for (const [name, input] of Object.entries(secrets)) {
			const { [wanted.address]: _, ...kept } = store.get(name, {});
			if (parts.keep.checked && input.value && url) kept[wanted.address] = input.value;
			if (Object.keys(kept).length === 0) store.remove(name);
			else if (!store.set(name, kept)) show('kept.failed');
		}
		tab.tabsChanged();
	}

	function connect() {
		const url = takeAddress();
		const { value: way } = parts.way;
		const { value: key } = parts.signingKey;
		show((!url && 'connect.invalid') || (key && !crypto.subtle ? 'connect.insecure' : ''));
		if (problem) {
			parts.address.focus();
			return;
		}
		store.set('addresses', remember(store.getList('addresses'), url));
		keep();
		const named = readSubprotocols(parts.subprotocols.value);
		const subprotocols = way === 'subprotocol' && named.length === 0 && settings.subprotocol ? [settings.subprotocol] : named;
		const target = withToken({ url, subprotocols, token: parts.token.value, way });
		session.firstToken = target.firstToken;
		connection.connect({ ...target, sign: key ? signer(key) : null });
	}

	onSubmit(parts.connect, () => {
		if (connection.state === 'closed') connect();
		else connection.disconnect();
	});
	on(parts.connect, 'input', () => show(''));
	on(parts.address, 'focus', () => {
		const known = new Set([...presets, ...store.getList('addresses')]);
		parts.addresses.replaceChildren(...[...known].map((value) => element('option', { value })));
	});
	on(parts.connect, 'change', keep);
	parts.address.value = wanted.address;
	parts.subprotocols.value = wanted.subprotocols ?? '';
	parts.way.value = wanted.way;
	parts.way.value ||= settings.tokenWay;
	parts.reconnects.checked = wanted.reconnects ?? true;
	recall(wanted.address);
	keep();
	tab.onLanguage(() => show(problem));
	return { connect, forget: () => recall(wanted.address) };
}
