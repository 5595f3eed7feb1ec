// What the server's messages keep busy.

/**
 * Runs handlers: those of one lane one after the other, others at once, and no
 * more than a number of them in all, waiting ones included.
 */
export class Incoming {
  #limit;
  #count = 0;
  #lanes = new Map(); // the promise of the last task of each lane

  /** @param {number} limit */
  constructor(limit) {
    this.#limit = limit;
  }

  /** Runs task after all earlier ones of its lane; false when there is no room. */
  inOrder(lane, task) {
    if (this.#count >= this.#limit) return false;
    this.#count++;
    const before = this.#lanes.get(lane) ?? Promise.resolve();
    const done = before.then(task).finally(() => {
      this.#count--;
      if (this.#lanes.get(lane) === done) this.#lanes.delete(lane);
    });
    this.#lanes.set(lane, done);
    return true;
  }

  /** Runs task beside all others; false when there is no room. */
  atOnce(task) {
    if (this.#count >= this.#limit) return false;
    this.#count++;
    Promise.resolve().then(task).finally(() => { this.#count--; });
    return true;
  }
}
