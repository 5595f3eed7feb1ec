// Shows what the connection is doing, and why it is not open.

import { ownPath } from './address.js';
import { diagnose } from './diagnosis.js';
import { element, on, setText } from './dom.js';
import { byteSize, duration, timeOfDay } from './format.js';
import { closeParams } from './session.js';

export function statusView(tab) {
	const { parts, connection, session, t, page } = tab;
	let checks = [];
	let timer;

	async function explain() {
		const { close, url, subprotocols } = connection;
		checks = [];
		if (!close || close.byUs) return;
		const path = close.wasOpen || close.cause ? '' : ownPath(url, page);
		const answer = path && await tab.check(path, subprotocols);
		if (connection.close !== close) return;
		checks = diagnose(connection, page, answer);
		showReason();
	}

	function show() {
		const { state, failures, since } = connection;
		parts.connection.dataset.state = state;
		setText(parts.state, t(`state.${state}`));
		setText(parts.toggle, t(`toggle.${state}`));
		parts.toggle.ariaDisabled = state === 'closing';
		// It stays through a retry, so that the focus on it does, too.
		const isRetrying = state === 'connecting' && failures > 0;
		parts.reconnect.hidden = state !== 'waiting' && !isRetrying;
		parts.reconnect.ariaDisabled = isRetrying;
		setText(parts.phase, t(`phase.${state}`, { time: timeOfDay(new Date(since)).slice(0, 8), seconds: countDown() }));
		showReason();
		count();
	}

	// Shows all anew when the next second ends.
	function countDown() {
		const left = connection.retryAt - Date.now();
		clearTimeout(timer);
		if (connection.state === 'waiting' && left > 0) timer = setTimeout(show, left % 1000 || 1000);
		return Math.max(0, Math.ceil(left / 1000));
	}

	function showReason() {
		const { state, close } = connection;
		const isOver = close && state !== 'open' && state !== 'closing';
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
		if (state === 'waiting' || state === 'closed') explain();
		show();
		if (hadFocus && state === 'open') tab.composer.focus();
	});
	on(session, 'message', () => tab.soon(count, count));
	tab.onLanguage(show);
}
