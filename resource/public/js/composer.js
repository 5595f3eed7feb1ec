// The message field: what is sent, as which type, and what is wrong with it.

import { byteSize, utf8 } from './format.js';

export class Composer {
  #field;
  #size;
  #warning;
  #form;
  #send;
  #limit;
  #language;
  #warned = null;

  /**
   * @param {HTMLFormElement} form
   * @param {(type: string, text: string) => boolean} send false if not sent
   * @param {number} limit the largest message in bytes, 0 where it is not known
   * @param {import('./language.js').Language} language
   */
  constructor(form, send, limit, language) {
    const part = (name) => form.querySelector(`[data-part="${name}"]`);
    this.#form = form;
    this.#field = part('field');
    this.#size = part('size');
    this.#warning = part('warning');
    this.#send = send;
    this.#limit = limit;
    this.#language = language;
    form.addEventListener('submit', (event) => this.#submit(event));
    this.#field.addEventListener('keydown', (event) => this.#keyDown(event));
    this.#field.addEventListener('input', () => this.#edited());
    language.addEventListener('change', () => this.#show());
    this.#show();
  }

  focus() {
    this.#field.focus();
  }

  /** Takes back what was said of a connection that is open again. */
  opened() {
    if (this.#warned?.key === 'warning.notOpen') this.#edited();
  }

  /** Puts text into the field for the user to send. */
  suggest(text) {
    this.#field.value = text;
    this.#edited();
    this.focus();
  }

  #keyDown(event) {
    // The Enter that ends an input method's composition belongs to it; Safari
    // reports that one only by its key code.
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    // A key held down sends once.
    if (!event.repeat) this.#form.requestSubmit();
  }

  #submit(event) {
    event.preventDefault();
    const problem = this.#problem();
    if (problem) {
      this.#warn(problem);
      return;
    }
    if (!this.#send(this.#form.elements.type.value, this.#field.value)) {
      this.#warn({ key: 'warning.notOpen' });
      return;
    }
    this.#field.value = '';
    this.#edited();
    this.focus();
  }

  #problem() {
    if (this.#field.value === '') return { key: 'warning.empty' };
    if (!this.#isTooLarge() || this.#warned?.key === 'warning.tooLarge') return null;
    return { key: 'warning.tooLarge', params: { limit: byteSize(this.#limit) } };
  }

  #warn(problem) {
    this.#warned = problem;
    this.#show();
    this.focus();
  }

  #edited() {
    this.#warned = null;
    this.#show();
  }

  #show() {
    const { t } = this.#language;
    const size = byteSize(this.#bytes());
    this.#size.textContent = this.#limit > 0
      ? t('composer.sizeOf', { size, limit: byteSize(this.#limit) })
      : t('composer.size', { size });
    this.#size.dataset.over = String(this.#isTooLarge());
    this.#warning.textContent = this.#warned ? t(this.#warned.key, this.#warned.params) : '';
    this.#field.setAttribute('aria-invalid', String(this.#warned !== null));
  }

  #bytes() {
    return utf8(this.#field.value).length;
  }

  #isTooLarge() {
    return this.#limit > 0 && this.#bytes() > this.#limit;
  }
}
