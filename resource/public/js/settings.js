// What the server tells the page about itself, and the address that follows.

/** How long the server may take to answer, in milliseconds. */
const readTimeout = 5000;

const defaults = Object.freeze({ name: '', version: '', path: '/ws', securePath: '/wss', maxMessageBytes: 0 });

/**
 * Reads settings.json from beside the page.
 *
 * @param {typeof fetch} fetch
 * @param {string} page the page's address
 * @returns {Promise<{settings: object, problem: string}>} the settings, with
 *   defaults for what is missing, and what went wrong: empty if nothing did.
 *   maxMessageBytes is 0 where the limit is not known.
 */
export async function readSettings(fetch, page) {
  try {
    const response = await fetch(new URL('settings.json', page).href, {
      cache: 'no-store',
      signal: AbortSignal.timeout(readTimeout),
    });
    if (!response.ok) return failed(`HTTP ${response.status}`);
    return parse(await response.json());
  } catch (error) {
    return failed(error.message);
  }
}

/**
 * Returns the WebSocket's address: the page's own host and port, wss if the
 * page came over https.
 *
 * @param {string} page the page's address
 * @param {{path: string, securePath: string}} settings
 */
export function socketURL(page, settings) {
  const isSecure = new URL(page).protocol === 'https:';
  const path = (isSecure && settings.securePath) || settings.path;
  const url = new URL(path, page);
  url.protocol = isSecure ? 'wss:' : 'ws:';
  url.hash = '';
  return url.href;
}

function parse(answer) {
  if (answer?.code !== 0) return failed(answer?.message || 'no code 0');
  const data = answer.data ?? {};
  if (!isLocalPath(data.path)) return failed(`path ${JSON.stringify(data.path)}`);
  const settings = {
    name: text(data.name),
    version: text(data.version),
    path: data.path,
    securePath: isLocalPath(data.securePath) ? data.securePath : '',
    maxMessageBytes: Number.isSafeInteger(data.maxMessageBytes) ? Math.max(0, data.maxMessageBytes) : 0,
  };
  return { settings, problem: '' };
}

function failed(problem) {
  return { settings: { ...defaults }, problem };
}

// A path with two slashes, or a backslash for one, would name another host.
function isLocalPath(path) {
  return typeof path === 'string' && /^\/(?![/\\])/.test(path);
}

function text(value) {
  return typeof value === 'string' ? value : '';
}
