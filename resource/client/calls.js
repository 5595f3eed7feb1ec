// The calls of this side that wait for their answers.

/** Knows the calls that wait, by their ids. */
export class Calls {
  #last = 0;
  #waiting = new Map();

  /** Makes a new call: its id, and the promise of its answer. */
  add() {
    const call = { id: ++this.#last, link: null };
    call.answer = new Promise((resolve, reject) => Object.assign(call, { resolve, reject }));
    // Whoever gave the call up does not look at its answer.
    call.answer.catch(() => {});
    this.#waiting.set(call.id, call);
    return call;
  }

  /** Gives a call up, and returns whether it was still waiting. */
  forget(call) {
    return this.#waiting.delete(call.id);
  }

  /**
   * Ends the call that was sent on link with this id; false for an id that was
   * never given out. One that nobody waits for any more is in order.
   */
  answered(link, id, settle) {
    if (!Number.isInteger(id) || id < 1 || id > this.#last) return false;
    const call = this.#waiting.get(id);
    if (call?.link === link) {
      this.#waiting.delete(id);
      settle(call);
    }
    return true;
  }

  /** Fails a call that waits. */
  fail(call, error) {
    if (this.forget(call)) call.reject(error);
  }

  /** Fails all calls that were sent on link; with a null link, all that there are. */
  lose(link, error) {
    for (const call of [...this.#waiting.values()]) {
      if (link === null || call.link === link) this.fail(call, error);
    }
  }
}
