// Listening and telling, in short.

export const on = (target, type, action, options) => target.addEventListener(type, action, options);

export const emit = (target, type, detail) => target.dispatchEvent(new CustomEvent(type, { detail }));
