// The language the page is shown in: chosen, remembered, applied.

import { pickLanguage, translator } from './strings.js';

const storageKey = 'gfws.language';

/** Dispatches "change" when the user chose another language. */
export class Language extends EventTarget {
  #buttons;

  /** Gives the words of the present language; see translator. */
  t;

  /** @param {Document} page */
  constructor(page) {
    super();
    this.#buttons = page.querySelectorAll('[data-language]');
    for (const button of this.#buttons) {
      button.addEventListener('click', () => this.#choose(button.dataset.language));
    }
    this.#apply(pickLanguage(recall(), navigator.languages));
  }

  #choose(tag) {
    remember(tag);
    this.#apply(tag);
    this.dispatchEvent(new Event('change'));
  }

  #apply(tag) {
    this.t = translator(tag);
    document.documentElement.lang = tag;
    for (const button of this.#buttons) {
      button.setAttribute('aria-pressed', String(button.dataset.language === tag));
    }
    for (const element of document.querySelectorAll('[data-text]')) {
      element.textContent = this.t(element.dataset.text);
    }
    for (const element of document.querySelectorAll('[data-label]')) {
      element.setAttribute('aria-label', this.t(element.dataset.label));
    }
  }
}

// Storage can be switched off; the page then forgets the choice.
function recall() {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}

function remember(tag) {
  try {
    localStorage.setItem(storageKey, tag);
  } catch {
    // Nothing to do: the choice holds until the page is left.
  }
}
