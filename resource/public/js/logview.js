// Shows the log, and keeps its end in view while the user is there.

import { entryLimit } from './log.js';
import { logRow } from './logrow.js';

/** How far from the end still counts as being there, in pixels. */
const nearEnd = 32;

export class LogView {
  #scroller;
  #list;
  #lesson;
  #newest;
  #log;
  #language;
  #pending = [];
  #frame = null;

  /**
   * @param {HTMLElement} root
   * @param {import('./log.js').Log} log
   * @param {import('./language.js').Language} language
   */
  constructor(root, log, language) {
    const part = (name) => root.querySelector(`[data-part="${name}"]`);
    this.#scroller = part('scroller');
    this.#list = part('list');
    this.#lesson = part('lesson');
    this.#newest = part('newest');
    this.#log = log;
    this.#language = language;
    part('clear').addEventListener('click', () => log.clear());
    this.#newest.addEventListener('click', () => this.#goToEnd());
    this.#scroller.addEventListener('scroll', () => this.#showNewest(), { passive: true });
    log.addEventListener('add', (event) => this.#later(event.detail));
    log.addEventListener('clear', () => this.#showAll());
    language.addEventListener('change', () => this.#showAll());
    this.#showAll();
  }

  // Under a flood of messages rows are added once a frame, not once a message.
  #later(entry) {
    this.#pending.push(entry);
    if (this.#pending.length > entryLimit) this.#pending.shift();
    this.#frame ??= requestAnimationFrame(() => this.#flush());
  }

  #flush() {
    this.#frame = null;
    const wasAtEnd = this.#isAtEnd();
    this.#list.append(...this.#rows(this.#pending));
    this.#pending = [];
    while (this.#list.childElementCount > this.#log.entries.length) {
      this.#list.firstElementChild.remove();
    }
    this.#lesson.hidden = this.#log.hasMessages;
    if (wasAtEnd) this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#showNewest();
  }

  #showAll() {
    this.#pending = [];
    this.#list.replaceChildren();
    this.#pending.push(...this.#log.entries);
    this.#flush();
  }

  #rows(entries) {
    return entries.map((entry) => logRow(entry, this.#language.t));
  }

  #isAtEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    return scrollHeight - scrollTop - clientHeight <= nearEnd;
  }

  #showNewest() {
    this.#newest.hidden = this.#isAtEnd() || !this.#log.hasMessages;
  }

  #goToEnd() {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    // The button goes; the focus stays in the log.
    this.#scroller.focus();
  }
}
