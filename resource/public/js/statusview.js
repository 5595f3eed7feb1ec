// Shows what the connection is doing, and why it is not open.

import { ownPath } from './address.js';
import { State } from './connection.js';
import { countDown } from './countdown.js';
import { diagnose } from './diagnosis.js';
import { element, on, setText } from './dom.js';
import { byteSize, duration, timeOfDay } from './format.js';
import { closeParams } from './session.js';

export function statusView(tab) {
	const { parts, connection, session, t, page } = tab;
	let checks = [];
	let asked = null;
	let stopCounting = () => {};

	async function explain() {
		const { close, url, subprotocols } = connection;
		checks = [];
		asked = close;
		if (!close || close.byUs) return;
		const path = close.wasOpen || close.cause ? '' : ownPath(url, page);
		const answer = path && await tab.check(path, subprotocols);
		if (asked !== close) return;
		checks = diagnose(url, close, page, answer || null);
		showReason();
	}

	function show() {
		const { state, failures, since, retryAt } = connection;
		parts.connection.dataset.state = state;
		setText(parts.state, t(`state.${state}`));
		setText(parts.toggle, t(`toggle.${state}`));
		parts.toggle.ariaDisabled = state === State.CLOSING;
		// It stays through a retry, so that the focus on it does, too.
		const isRetrying = state === State.CONNECTING && failures > 0;
		parts.reconnect.hidden = state !== State.WAITING && !isRetrying;
		parts.reconnect.ariaDisabled = isRetrying;
		stopCounting();
		const showPhase = (params) => setText(parts.phase, t(`phase.${state}`, params));
		if (state === State.WAITING) stopCounting = countDown(retryAt, (seconds) => showPhase({ seconds }), tab.platform);
		else showPhase({ time: timeOfDay(new Date(since)).slice(0, 8) });
		showReason();
		count();
	}

	function showReason() {
		const { state, close } = connection;
		const isOver = close && state !== State.OPEN && state !== State.CLOSING;
		setText(parts.reason, isOver ? t('close.detail', closeParams(close)) : '');
		parts.checks.replaceChildren(...(isOver ? checks : []).map(({ key, params }) => element('li', { text: t(key, params) })));
	}

	function count() {
		setText(parts.sent, String(session.sent));
		setText(parts.received, String(session.received));
		setText(parts.trip, session.roundTrip === null ? '–' : duration(session.roundTrip));
		setText(parts.limit, tab.limit > 0 ? byteSize(tab.limit) : t('facts.unknown'));
	}

	on(parts.reconnect, 'click', () => connection.retryNow());
	on(connection, 'change', () => {
		const { state } = connection;
		// The button goes with the wait; the focus on it must not be lost.
		const hadFocus = document.activeElement === parts.reconnect;
		if (state === State.WAITING || state === State.CLOSED) explain();
		show();
		if (hadFocus && state === State.OPEN) tab.composer.focus();
	});
	on(session, 'message', () => tab.soon(count, count));
	tab.onLanguage(show);
	return () => stopCounting();
}
