// Builds and finds elements. What comes over the wire only ever becomes text.

import { on } from './events.js';

export { on };

// A part that has no name has that of its id or its first class.
export function partsOf(root) {
	return Object.fromEntries([...root.querySelectorAll('[part]')].map((found) => {
		found.part.value ||= found.id || found.classList[0];
		return [found.part.value, found];
	}));
}

// Returns a new element: functions become listeners, true attributes empty ones, false ones none.
export const element = (name, ...how) => finish(document.createElement(name), ...how);

export const drawing = (name, ...how) => finish(document.createElementNS('http://www.w3.org/2000/svg', name), ...how);

function finish(created, properties = {}, ...children) {
	for (const [key, value] of Object.entries(properties)) {
		if (key === 'text') created.textContent = value;
		else if (typeof value === 'function') on(created, key, value);
		else if (value !== false) created.setAttribute(key, value === true ? '' : value);
	}
	created.append(...children);
	return created;
}

const icons = {
	sent: 'M2 8h11M9 4l4 4-4 4', received: 'M14 8H3M7 4L3 8l4 4', echo: 'M14 3v3a3 3 0 0 1-3 3H3M7 5L3 9l4 4',
	reply: 'M14 13v-2a3 3 0 0 0-3-3H3M7 4L3 8l4 4', event: 'M8 5.5a2.5 2.5 0 1 0 0 5a2.5 2.5 0 1 0 0-5',
	plus: 'M8 3v10M3 8h10', cross: 'M4 4l8 8M12 4l-8 8', pause: 'M5.5 3v10M10.5 3v10', save: 'M8 2v8M4.5 7L8 10.5 11.5 7M3 14h10',
	pin: 'M5 2h6M6 2v5l-2 3h8l-2-3V2M8 10v4', clear: 'M3 4h10M6 4V2h4v2M4.5 4l.5 10h6l.5-10', device: 'M2.5 3h11v7.5h-11zM5.5 13.5h5',
	theme: 'M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11v11', help: 'M5.5 6a2.5 2.5 0 1 1 3.6 2.2C8.3 8.7 8 9.2 8 10M8 12.5v.5',
};

export function icon(name) {
	return drawing('svg', { class: 'icon', viewBox: '0 0 16 16', 'aria-hidden': 'true' }, drawing('path', { d: icons[name] }));
}

export function drawIcons(root) {
	for (const found of root.querySelectorAll('[data-icon]')) found.append(icon(found.dataset.icon));
}

export function setText(target, text) {
	if (target.textContent !== text) target.textContent = text;
}

export function press(buttons, name, value) {
	for (const button of buttons) button.ariaPressed = button.dataset[name] === value;
}

// Calls choose with what the button that is clicked has under name.
export function onChoice(buttons, name, choose) {
	for (const button of buttons) on(button, 'click', () => choose(button.dataset[name]));
}

export function onSubmit(form, action) {
	on(form, 'submit', (event) => {
		event.preventDefault();
		action();
	});
}

export function renumber(root, ending) {
	for (const attribute of ['id', 'for', 'list', 'aria-describedby']) {
		for (const found of root.querySelectorAll(`[${attribute}]`)) {
			found.setAttribute(attribute, found.getAttribute(attribute).replace(/[^ ]+/g, `$&${ending}`));
		}
	}
}
