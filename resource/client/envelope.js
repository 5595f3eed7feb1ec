// The envelope of JSON-RPC 2.0.

import { Code, RpcError } from './errors.js';

/** Returns the text of a call; without an id it is a notification. */
export function encodeCall(method, params, id) {
  checkParams(params);
  return JSON.stringify({ jsonrpc: '2.0', id, method, params: params ?? undefined });
}

function checkParams(params) {
  if (params === undefined || params === null || typeof params === 'object') return;
  throw new TypeError('params must be an object or an array');
}

export function encodeResult(id, result) {
  return JSON.stringify({ jsonrpc: '2.0', id, result: result === undefined ? null : result });
}

/** Returns the text of an answer that says what was thrown. */
export function encodeError(id, thrown) {
  return JSON.stringify({ jsonrpc: '2.0', id, error: errorObject(thrown) });
}

function errorObject(thrown) {
  if (thrown instanceof RpcError) {
    return { code: thrown.code, message: thrown.message, data: thrown.data };
  }
  // What else a handler throws is a fault, whose text is nobody else's business.
  return { code: Code.INTERNAL_ERROR, message: 'internal error' };
}

/**
 * Returns the messages in data, each with a kind: request, notification,
 * response or invalid.
 *
 * @throws {SyntaxError} when data is no JSON
 */
export function decode(data) {
  const value = JSON.parse(data);
  return (Array.isArray(value) ? value : [value]).map(classify);
}

function classify(message) {
  if (typeof message !== 'object' || message === null || message.jsonrpc !== '2.0') {
    return { kind: 'invalid' };
  }
  const { id, method, params, result, error } = message;
  if (typeof method === 'string') {
    return { kind: id === undefined ? 'notification' : 'request', id, method, params: params ?? undefined };
  }
  if (method !== undefined || id === undefined) return { kind: 'invalid' };
  if ((result === undefined) === (error === undefined)) return { kind: 'invalid', id };
  if (error === undefined) return { kind: 'response', id, result };
  if (!Number.isInteger(error?.code) || typeof error.message !== 'string') return { kind: 'invalid', id };
  return { kind: 'response', id, error: new RpcError(error.code, error.message, error.data) };
}
