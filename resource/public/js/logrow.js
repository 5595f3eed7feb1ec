// Builds the row of one log entry. What came over the wire only ever becomes
// text: nothing here parses markup.

import { byteSize, duration, hex, timeOfDay } from './format.js';

/** How many characters of a text message a row shows until asked for all. */
export const shownCharacters = 2000;

const svgNamespace = 'http://www.w3.org/2000/svg';

/**
 * @param {object} entry see Log
 * @param {(key: string, params?: object) => string} t
 * @returns {HTMLLIElement}
 */
export function logRow(entry, t) {
  const row = document.createElement('li');
  row.className = 'row';
  row.dataset.kind = entry.kind;
  if (entry.tone) row.dataset.tone = entry.tone;
  row.append(timeCell(entry.at), kindCell(entry.kind, t), bodyCell(entry, t));
  if (entry.kind !== 'event') row.append(metaCell(entry, t));
  return row;
}

function timeCell(at) {
  const cell = document.createElement('time');
  cell.className = 'row-time';
  cell.dateTime = at.toISOString();
  cell.textContent = timeOfDay(at);
  return cell;
}

function kindCell(kind, t) {
  const cell = element('span', 'row-kind');
  cell.append(icon(kind), element('span', 'row-word', t(`log.${kind}`)));
  return cell;
}

function bodyCell(entry, t) {
  if (entry.kind === 'event') {
    return element('div', 'row-body', t(entry.message.key, entry.message.params));
  }
  if (entry.size === 0) return element('div', 'row-body row-note', t('log.empty'));
  if (entry.type === 'binary') return element('div', 'row-body row-data', hexPreview(entry));
  return textCell(entry, t);
}

function textCell(entry, t) {
  const cell = element('div', 'row-body row-data', entry.text);
  cell.dir = 'auto';
  if (entry.text.length <= shownCharacters) return cell;
  cell.textContent = `${entry.text.slice(0, shownCharacters)}…`;
  const all = element('button', 'button button-quiet row-all', t('log.showAll', { size: byteSize(entry.size) }));
  all.type = 'button';
  all.addEventListener('click', () => {
    cell.textContent = entry.text;
    // The button goes; the focus stays with what it showed.
    cell.tabIndex = -1;
    cell.focus();
  });
  cell.append(all);
  return cell;
}

function metaCell(entry, t) {
  const facts = [t(`log.type.${entry.type}`), byteSize(entry.size)];
  if (entry.kind === 'echo') facts.push(duration(entry.roundTrip));
  return element('span', 'row-meta', facts.join(' · '));
}

function hexPreview({ preview, size }) {
  return size > preview.length ? `${hex(preview)} …` : hex(preview);
}

function icon(kind) {
  const svg = document.createElementNS(svgNamespace, 'svg');
  const use = document.createElementNS(svgNamespace, 'use');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  use.setAttribute('href', `#icon-${kind}`);
  svg.append(use);
  return svg;
}

function element(name, className, text = '') {
  const created = document.createElement(name);
  created.className = className;
  created.textContent = text;
  return created;
}
