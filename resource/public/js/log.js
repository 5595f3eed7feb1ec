// The log as data: what happened, oldest first, bounded.

/** How many entries are kept. */
export const entryLimit = 1000;

/** How much text the entries may hold together, in characters. */
export const textLimit = 8 * 1024 * 1024;

/**
 * Dispatches "add" with the entry and "clear". An entry has an id, the Date it
 * was added at, a kind ("sent", "echo", "received" or "event"), and:
 * a message its type ("text" or "binary"), size in bytes, and text or the
 * first bytes as preview, an echo also its roundTrip in milliseconds;
 * an event a tone ("good", "warning", "bad" or "plain") and a message for t().
 */
export class Log extends EventTarget {
  #entries = [];
  #textLength = 0;
  #nextID = 1;
  #now;

  /** @param {() => number} now milliseconds since the epoch */
  constructor(now = Date.now) {
    super();
    this.#now = now;
  }

  get entries() { return this.#entries; }

  /** Says whether any entry is a message rather than an event. */
  get hasMessages() {
    return this.#entries.some((entry) => entry.kind !== 'event');
  }

  add(fields) {
    const entry = { id: this.#nextID, at: new Date(this.#now()), ...fields };
    this.#nextID += 1;
    this.#entries.push(entry);
    this.#textLength += textLength(entry);
    while (this.#isOverLimit()) {
      this.#textLength -= textLength(this.#entries.shift());
    }
    this.dispatchEvent(new CustomEvent('add', { detail: entry }));
    return entry;
  }

  clear() {
    this.#entries = [];
    this.#textLength = 0;
    this.dispatchEvent(new Event('clear'));
  }

  #isOverLimit() {
    if (this.#entries.length > entryLimit) return true;
    return this.#textLength > textLimit && this.#entries.length > 1;
  }
}

function textLength(entry) {
  return entry.text?.length ?? 0;
}
