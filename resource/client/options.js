// What a client may be told.

import { Policy } from './outbox.js';
import { isTerminal } from './reconnect.js';
import { TokenIn } from './token.js';

/** What is not given, or undefined. Times are in milliseconds. */
export const defaults = Object.freeze({
  token: null,
  tokenIn: TokenIn.MESSAGE,
  subprotocols: [],
  backoff: { min: 200, max: 20000 },
  queue: { messages: 1024, bytes: 1 << 20, policy: Policy.REFUSE },
  maxIncoming: 1024,
  handshakeTimeout: 10000,
  heartbeat: { interval: 25000, timeout: 10000 },
  terminal: isTerminal,
});

/** A connection counts as a success after this long, in milliseconds. */
export const stableAfter = 10000;

/** Returns options with what they lack, or throws at what cannot be meant. */
export function complete(options) {
  const all = { ...defaults };
  for (const [name, value] of Object.entries(options)) {
    if (name !== 'platform' && !(name in defaults)) throw new TypeError(`there is no option ${name}`);
    if (value !== undefined) all[name] = value;
  }
  for (const name of ['backoff', 'queue']) all[name] = { ...defaults[name], ...all[name] };
  if (all.heartbeat !== null) all.heartbeat = { ...defaults.heartbeat, ...all.heartbeat };
  check('queue.policy', all.queue.policy, Policy);
  check('tokenIn', all.tokenIn, TokenIn);
  if (all.token && all.tokenIn === TokenIn.SUBPROTOCOL && all.subprotocols.length === 0) {
    // Browsers end a handshake in which protocols were offered and none was chosen.
    throw new TypeError('a token in the subprotocol needs subprotocols that the server can choose from');
  }
  all.platform = { ...browser(), ...options.platform };
  return all;
}

function check(name, value, known) {
  const words = Object.values(known);
  if (!words.includes(value)) throw new TypeError(`${name} must be one of ${words.join(', ')}`);
}

/** What the client takes from where it runs. */
function browser() {
  return {
    WebSocket: globalThis.WebSocket,
    now: () => Date.now(),
    random: () => Math.random(),
    setTimeout: (callback, delay) => setTimeout(callback, delay),
    clearTimeout: (timer) => clearTimeout(timer),
  };
}
