// The form that says where to connect to, and how.

import { readAddress, readSubprotocols, remember, tokenWays, withoutToken, withToken } from './address.js';
import { State } from './connection.js';
import { element, on, setText } from './dom.js';

export function connectView(tab) {
	const { parts, connection, session, page, store, settings, presets, wanted, t } = tab;
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
		parts.token.value = store.get('tokens', {})[address] ?? '';
		parts.keep.checked = parts.token.value !== '';
	}

	function keep() {
		const { [wanted.address]: _, ...tokens } = store.get('tokens', {});
		const { url } = readAddress(parts.address.value, page);
		connection.reconnects = parts.reconnects.checked;
		Object.assign(wanted, {
			address: url && withoutToken(url), subprotocols: parts.subprotocols.value, way: parts.way.value, reconnects: parts.reconnects.checked,
		});
		if (parts.keep.checked && parts.token.value && url) tokens[wanted.address] = parts.token.value;
		if (Object.keys(tokens).length > 0) store.set('tokens', tokens);
		else store.remove('tokens');
		const known = new Set([...presets, ...store.get('addresses', [])]);
		parts.addresses.replaceChildren(...[...known].map((value) => element('option', { value })));
		tab.tabsChanged();
	}

	function connect() {
		const { url, problem: found } = readAddress(parts.address.value, page);
		const { value: way } = parts.way;
		show(found);
		if (found) {
			parts.address.focus();
			return;
		}
		store.set('addresses', remember(store.get('addresses', []), url));
		keep();
		const named = readSubprotocols(parts.subprotocols.value);
		const subprotocols = way === 'subprotocol' && named.length === 0 && settings.subprotocol ? [settings.subprotocol] : named;
		const target = withToken({ url, subprotocols, token: parts.token.value, way });
		session.firstToken = target.firstToken;
		connection.connect(target);
	}

	on(parts.connect, 'submit', (event) => {
		event.preventDefault();
		if (connection.state === State.CLOSED) connect();
		else connection.disconnect();
	});
	on(parts.address, 'input', () => show(''));
	on(parts.connect, 'change', keep);
	fill(wanted);
	keep();
	tab.onLanguage(() => show(problem));
	return connect;
}
