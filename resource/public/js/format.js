// Turns values into short text that reads the same in every language. A number
// and its unit are held together by a no-break space.

const encoder = new TextEncoder();

/** Returns the UTF-8 bytes of text, as a WebSocket would send them. */
export function utf8(text) {
  return encoder.encode(text);
}

/** Returns the local time of a Date as 24 hours, with milliseconds. */
export function timeOfDay(date) {
  const seconds = [date.getHours(), date.getMinutes(), date.getSeconds()]
    .map((part) => String(part).padStart(2, '0')).join(':');
  return `${seconds}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

/** Returns a number of bytes in B, KiB or MiB: "5 B", "1.5 KiB", "64 KiB". */
export function byteSize(bytes) {
  if (bytes < 1024) return `${bytes}\u00a0B`;
  // Rounding first: 1,048,575 bytes are 1 MiB, not 1024 KiB.
  if (bytes < 1023.95 * 1024) return `${oneDecimal(bytes / 1024)}\u00a0KiB`;
  return `${oneDecimal(bytes / 1024 / 1024)}\u00a0MiB`;
}

/** Returns milliseconds in ms or s: "0.8 ms", "12 ms", "1.5 s". */
export function duration(milliseconds) {
  if (milliseconds < 9.95) return `${oneDecimal(milliseconds)}\u00a0ms`;
  if (milliseconds < 999.5) return `${Math.round(milliseconds)}\u00a0ms`;
  return `${oneDecimal(milliseconds / 1000)}\u00a0s`;
}

/** Returns bytes as pairs of hexadecimal digits with spaces between. */
export function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}

function oneDecimal(value) {
  return String(Math.round(value * 10) / 10);
}
