// The rooms of this client.

/** Knows what is joined, whatever order answers come in. */
export class Rooms {
  #joined = new Set();
  #joining = new Set(); // the joins that no leave has followed

  [Symbol.iterator]() { return this.#joined[Symbol.iterator](); }

  has(room) { return this.#joined.has(room); }

  /** Adds a room once ask is answered, unless it is left meanwhile. */
  async join(room, ask) {
    const join = { room };
    this.#joining.add(join);
    try {
      const answer = await ask();
      if (this.#joining.has(join)) this.#joined.add(room);
      return answer;
    } finally {
      this.#joining.delete(join);
    }
  }

  /** Takes a room out. */
  remove(room) { this.#joined.delete(room); }

  /** Takes a room out, and whatever of it is being joined. */
  leave(room) {
    this.#joined.delete(room);
    for (const join of this.#joining) {
      if (join.room === room) this.#joining.delete(join);
    }
  }
}
