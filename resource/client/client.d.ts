/** What the client is doing and why. */
export interface State {
  readonly phase: 'idle' | 'connecting' | 'open' | 'waiting' | 'closed';
  /** Tries since a connection was last stable, which takes 10 seconds; 1 for the first. */
  readonly attempt: number;
  /** When the next try begins; null unless the phase is waiting. */
  readonly next: Date | null;
  /** What the last connection, or the try to make it, ended with. */
  readonly error: Error | null;
}

/** A message that was given up. */
export interface Dropped {
  method: string;
  params: unknown;
  /** It came from the server and found no room; else it was not sent. */
  incoming: boolean;
}

/** How joining a room again after a reconnect went. */
export interface Rejoined {
  room: string;
  joined: Joined | null;
  /** The server refused; the room is not joined any more. */
  error: RpcError | null;
}

export interface Joined {
  /** Id of one's own session among the members. */
  session: string;
  members: { session: string; user: string }[];
  history: unknown[];
}

/** All times are in milliseconds. */
export interface Options {
  /** Gives a token that is valid now: before each connection, and when one expires. */
  token?: (() => string | Promise<string>) | null;
  /** Where the token is sent; 'message' by default. */
  tokenIn?: 'message' | 'subprotocol' | 'query';
  /**
   * Offered to the server. A browser ends a handshake in which some were offered
   * and the server chose none, so a token in the subprotocol needs one that it
   * chooses: it never chooses the token.
   */
  subprotocols?: string[];
  /** The waits between connections: random, below min · 2ⁿ and below max. 200 and 20,000. */
  backoff?: { min?: number; max?: number };
  /** What is kept while there is no connection: 1,024 messages, 1 MiB, 'refuse'. */
  queue?: { messages?: number; bytes?: number; policy?: 'refuse' | 'drop-oldest' | 'off' };
  /** How many messages of the server may be handled or wait at once; 1,024. */
  maxIncoming?: number;
  /** How long a handshake, and an answer before the client is open, may take; 10,000. */
  handshakeTimeout?: number;
  /** Asks a server for a sign of life that was silent for interval; null does not. 25,000 and 10,000. */
  heartbeat?: { interval?: number; timeout?: number } | null;
  /** Whether to stay away after a close code; isTerminal by default. */
  terminal?: (code: number) => boolean;
  /** For tests, and where there is no global WebSocket. */
  platform?: {
    WebSocket?: new (url: string, protocols: string[]) => WebSocket;
    now?: () => number;
    random?: () => number;
    setTimeout?: (callback: () => void, delay: number) => unknown;
    clearTimeout?: (timer: unknown) => void;
  };
}

export interface CallOptions {
  /** Cancels the call, at the server too. */
  signal?: AbortSignal;
  /** How long to wait for the answer, time in the queue included; for ever by default. */
  timeout?: number;
}

export interface Events {
  state: CustomEvent<State>;
  drop: CustomEvent<Dropped>;
  rejoin: CustomEvent<Rejoined>;
  /** What no caller learns: handlers that threw, messages that are no JSON-RPC. */
  error: CustomEvent<unknown>;
  /** Every message, as text; calls with a token are among them. */
  message: CustomEvent<{ direction: 'in' | 'out'; data: string }>;
}

/** A client of JSON-RPC 2.0 that connects again when a connection is lost. */
export class Client extends EventTarget {
  constructor(url: string, options?: Options);
  readonly state: State;
  /** The rooms that are joined, and will be again after a reconnect. */
  readonly rooms: string[];

  /**
   * Connects; the promise is kept once the connection is open, however many tries
   * that takes, and broken with a ClosedError when another is pointless.
   */
  connect(): Promise<void>;

  /**
   * Calls a method of the server. It fails with an RpcError when the server
   * answered one, else with a DroppedError, a LostError, a ClosedError, or the
   * reason of the signal. Handlers may call too.
   */
  call<Result = unknown>(method: string, params?: object, options?: CallOptions): Promise<Result>;

  /** Sends what is not answered. Throws a DroppedError or a ClosedError. */
  notify(method: string, params?: object): void;

  /** Handles the server's notifications of a method, one after the other. */
  on<Params = any>(method: string, handler: (params: Params, context: { signal: AbortSignal }) => unknown): void;

  /** Answers the server's calls of a method, any number at once; throw an RpcError to fail one. */
  handle<Params = any>(method: string, handler: (params: Params, context: { signal: AbortSignal }) => unknown): void;

  /** Joins a room now and after every reconnect. */
  join(room: string, options?: CallOptions): Promise<Joined>;
  leave(room: string, options?: CallOptions): Promise<void>;

  /** Ends the client for good. The code is 1000, or from 3000 to 4999. */
  close(code?: number, reason?: string): void;

  addEventListener<Type extends keyof Events>(
    type: Type,
    listener: (event: Events[Type]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | AddEventListenerOptions,
  ): void;
  removeEventListener<Type extends keyof Events>(
    type: Type,
    listener: (event: Events[Type]) => void,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | EventListenerOptions,
  ): void;
}

/** The server, or a handler of this side, answered a call with an error. */
export class RpcError extends Error {
  constructor(code: number, message: string, data?: unknown);
  readonly code: number;
  readonly data: unknown;
}

/** The message was never sent. It is safe to try again. */
export class DroppedError extends Error {}

/** The connection was lost before the answer came: the call may have been carried out or not. */
export class LostError extends Error {}

/** The client is closed; the cause says why. */
export class ClosedError extends Error {}

/** A connection ended. The code is 1006 where there was no close frame. */
export class ConnectionError extends Error {
  constructor(code: number, reason: string);
  readonly code: number;
  readonly reason: string;
}

export const Code: Readonly<{
  PARSE_ERROR: -32700;
  INVALID_REQUEST: -32600;
  METHOD_NOT_FOUND: -32601;
  INVALID_PARAMS: -32602;
  INTERNAL_ERROR: -32603;
  BUSY: -32000;
}>;
export const Policy: Readonly<{ REFUSE: 'refuse'; DROP_OLDEST: 'drop-oldest'; OFF: 'off' }>;
export const TokenIn: Readonly<{ MESSAGE: 'message'; SUBPROTOCOL: 'subprotocol'; QUERY: 'query' }>;

/** Says whether a server that closes with code would do so again. */
export function isTerminal(code: number): boolean;
