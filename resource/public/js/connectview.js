// The form that says where to connect to, and how.

import { readAddress, readSubprotocols, remember, tokenWays, withoutToken, withToken } from './address.js';
import { State } from './connection.js';
import { element, on, onSubmit, setText } from './dom.js';
import { signer } from './sign.js';

export function connectView(tab) {
	const { parts, connection, session, page, store, settings, presets, wanted, t } = tab;
	const secrets = { tokens: parts.token, signingKeys: parts.signingKey };
	let problem = '';

	function show(found) {
		problem = found;
		setText(parts.wrong, problem && t(problem));
		parts.address.ariaInvalid = problem !== '';
	}

	function fill({ address, subprotocols = '', way, reconnects = true }) {
		parts.address.value = address;
		parts.subprotocols.value = subprotocols;
		parts.way.value = tokenWays.includes(way) ? way : settings.tokenWays[0];
		parts.reconnects.checked = reconnects;
		fillSecrets(address);
	}

	function fillSecrets(address) {
		for (const [name, input] of Object.entries(secrets)) input.value = store.get(name, {})[address] ?? '';
		parts.keep.checked = Object.values(secrets).some((input) => input.value !== '');
	}

	function keep() {
		const { url } = readAddress(parts.address.value, page);
		connection.reconnects = parts.reconnects.checked;
		Object.assign(wanted, {
			address: url && withoutToken(url), subprotocols: parts.subprotocols.value, way: parts.way.value, reconnects: parts.reconnects.checked,
		});
		for (const [name, input] of Object.entries(secrets)) {
			const { [wanted.address]: _, ...kept } = store.get(name, {});
			if (parts.keep.checked && input.value && url) kept[wanted.address] = input.value;
			if (Object.keys(kept).length > 0) store.set(name, kept);
			else store.remove(name);
		}
		const known = new Set([...presets, ...store.getList('addresses')]);
		parts.addresses.replaceChildren(...[...known].map((value) => element('option', { value })));
		tab.tabsChanged();
	}

	function connect() {
		const { url, problem: found } = readAddress(parts.address.value, page);
		const { value: way } = parts.way;
		const { value: key } = parts.signingKey;
		show(found || (key && !crypto.subtle ? 'connect.insecure' : ''));
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
		if (connection.state === State.CLOSED) connect();
		else connection.disconnect();
	});
	on(parts.connect, 'input', () => show(''));
	on(parts.address, 'change', () => {
		const { url } = readAddress(parts.address.value, page);
		// The secrets of one server are none of another's.
		if (url && wanted.address && new URL(url).host !== new URL(wanted.address).host) fillSecrets(url);
	});
	on(parts.connect, 'change', keep);
	fill(wanted);
	keep();
	tab.onLanguage(() => show(problem));
	return connect;
}
