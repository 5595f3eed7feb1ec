// Shows the numbers of the session beside the log.

import { byteSize, duration } from './format.js';

export class FactsView {
  #parts;
  #session;
  #limit;
  #language;

  /**
   * @param {HTMLElement} root
   * @param {import('./session.js').Session} session
   * @param {number} limit the largest message in bytes, 0 where it is not known
   * @param {import('./language.js').Language} language
   */
  constructor(root, session, limit, language) {
    const part = (name) => root.querySelector(`[data-part="${name}"]`);
    this.#parts = {
      sent: part('sent'), received: part('received'),
      roundTrip: part('round-trip'), limit: part('limit'),
    };
    this.#session = session;
    this.#limit = limit;
    this.#language = language;
    session.addEventListener('count', () => this.#show());
    language.addEventListener('change', () => this.#show());
    this.#show();
  }

  #show() {
    const { sent, received, roundTrip } = this.#session;
    this.#parts.sent.textContent = String(sent);
    this.#parts.received.textContent = String(received);
    this.#parts.roundTrip.textContent = roundTrip === null ? '–' : duration(roundTrip);
    this.#parts.limit.textContent = this.#limit > 0
      ? byteSize(this.#limit) : this.#language.t('facts.unknown');
  }
}
