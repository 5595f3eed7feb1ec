// Shows what the connection is doing, and lets the user change it.

import { countDown } from './countdown.js';
import { State } from './connection.js';
import { timeOfDay } from './format.js';
import { closeParams } from './session.js';

const toggleKeys = {
  [State.CLOSED]: 'connection.connect',
  [State.CONNECTING]: 'connection.cancel',
  [State.OPEN]: 'connection.disconnect',
  [State.CLOSING]: 'connection.disconnect',
  [State.WAITING]: 'connection.stop',
};

export class StatusView {
  #root;
  #parts;
  #connection;
  #language;
  #platform;
  #stopCounting = () => {};

  /**
   * @param {HTMLElement} root
   * @param {import('./connection.js').Connection} connection
   * @param {import('./language.js').Language} language
   * @param {object} platform as for countDown
   * @param {() => void} onReconnected called when the connection opens and the
   *   button that led there goes away under the user's focus
   */
  constructor(root, connection, language, platform, onReconnected) {
    const part = (name) => root.querySelector(`[data-part="${name}"]`);
    this.#root = root;
    this.#parts = {
      state: part('state'), phase: part('phase'), address: part('address'),
      reason: part('reason'), toggle: part('toggle'), reconnect: part('reconnect'),
    };
    this.#connection = connection;
    this.#language = language;
    this.#platform = platform;
    this.#parts.address.textContent = connection.url;
    this.#parts.toggle.addEventListener('click', () => this.#toggle());
    this.#parts.reconnect.addEventListener('click', () => connection.retryNow());
    connection.addEventListener('change', () => this.#changed(onReconnected));
    language.addEventListener('change', () => this.#show());
    this.#show();
  }

  #toggle() {
    if (this.#connection.state === State.CLOSED) {
      this.#connection.connect();
      return;
    }
    this.#connection.disconnect();
  }

  #changed(onReconnected) {
    const hadFocus = document.activeElement === this.#parts.reconnect;
    this.#show();
    if (hadFocus && this.#connection.state === State.OPEN) onReconnected();
  }

  #show() {
    const { state, failures } = this.#connection;
    const { t } = this.#language;
    const parts = this.#parts;
    this.#root.dataset.state = state;
    setText(parts.state, t(`state.${state}`));
    document.title = `${t(`state.${state}`)} · ${t('page.title')}`;
    setText(parts.toggle, t(toggleKeys[state]));
    parts.toggle.setAttribute('aria-disabled', String(state === State.CLOSING));
    // It stays through a retry, so that the focus on it does, too.
    const isRetrying = state === State.CONNECTING && failures > 0;
    parts.reconnect.hidden = state !== State.WAITING && !isRetrying;
    parts.reconnect.setAttribute('aria-disabled', String(isRetrying));
    setText(parts.reason, this.#reason());
    this.#showPhase();
  }

  #showPhase() {
    const { state, since, retryAt } = this.#connection;
    const { t } = this.#language;
    this.#stopCounting();
    if (state === State.WAITING) {
      const show = (seconds) => setText(this.#parts.phase, t('phase.waiting', { seconds }));
      this.#stopCounting = countDown(retryAt, show, this.#platform);
      return;
    }
    const time = timeOfDay(new Date(since)).slice(0, 8);
    setText(this.#parts.phase, t(`phase.${state}`, { time }));
  }

  #reason() {
    const { state, close } = this.#connection;
    if (!close || state === State.OPEN || state === State.CLOSING) return '';
    return this.#language.t('close.detail', closeParams(close));
  }
}

// Writing the same text again would make a screen reader say it again.
function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
