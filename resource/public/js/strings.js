// The page's words in the languages it speaks.

import { en } from './strings/en.js';
import { zhCN } from './strings/zh-cn.js';

/** The words by language tag; the first language is the default. */
export const languages = Object.freeze({ en, 'zh-CN': zhCN });

/**
 * Returns the language to speak.
 *
 * @param {string | null} chosen what the user chose before, if anything
 * @param {readonly string[]} preferred the browser's languages, best first
 */
export function pickLanguage(chosen, preferred) {
  if (Object.hasOwn(languages, chosen ?? '')) return chosen;
  for (const tag of preferred) {
    const primary = tag.toLowerCase().split('-')[0];
    if (primary === 'zh') return 'zh-CN';
    if (primary === 'en') return 'en';
  }
  return 'en';
}

/**
 * Returns a function t(key, params) that gives the words for key in a
 * language, with {name} replaced by params.name. A param of the form
 * {key, params} is itself replaced by its words. A key without words is
 * returned as it is.
 *
 * @param {string} language a key of languages
 */
export function translator(language) {
  const words = languages[language];
  const t = (key, params = {}) => {
    const template = words[key] ?? key;
    return template.replace(/\{(\w+)\}/g, (placeholder, name) => {
      if (!Object.hasOwn(params, name)) return placeholder;
      const value = params[name];
      return value?.key ? t(value.key, value.params) : String(value);
    });
  };
  return t;
}
