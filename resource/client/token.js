// Where a token goes. A browser cannot set headers.

/** Where the token is sent. */
export const TokenIn = Object.freeze({
  /** A call of the method auth in the first message. */
  MESSAGE: 'message',
  /** The subprotocol "bearer." and the token, beside one that the server chooses. */
  SUBPROTOCOL: 'subprotocol',
  /** The parameter access_token of the URL, which servers and proxies write into logs. */
  QUERY: 'query',
});

/** Returns the address and the subprotocols of a handshake with the token. */
export function withToken(url, protocols, token, place) {
  if (token === null || place === TokenIn.MESSAGE) return { url, protocols };
  if (place === TokenIn.SUBPROTOCOL) return { url, protocols: [...protocols, `bearer.${token}`] };
  const address = new URL(url);
  address.searchParams.set('access_token', token);
  return { url: address.href, protocols };
}
