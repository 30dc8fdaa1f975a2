// The words of the app in the language she chose.
import told from "./words.json";

export const LANGUAGES = { en: "English", hi: "हिन्दी", te: "తెలుగు" };
const ORDER = Object.keys(LANGUAGES);
const HELD = "aanchal-language";

let language = localStorage.getItem(HELD) ?? document.documentElement.lang.slice(0, 2);
if (!ORDER.includes(language)) language = "en";
document.documentElement.lang = language;

export const current = () => language;

export function choose(wanted) {
  language = ORDER.includes(wanted) ? wanted : "en";
  localStorage.setItem(HELD, language);
  document.documentElement.lang = language;
}

export const isChosen = () => localStorage.getItem(HELD) !== null;
export const forgetChoice = () => localStorage.removeItem(HELD);

export function t(key, values = {}) {
  const said = told[key]?.[ORDER.indexOf(language)] ?? key;
  return said.replace(/\{(\w+)\}/g, (_all, name) => values[name] ?? "");
}

/** A text that came with its languages: {en, hi, te}. */
export const inLanguage = (text) => text?.[language] ?? text?.en ?? "";

const tag = { en: "en-IN", hi: "hi-IN-u-nu-latn", te: "te-IN-u-nu-latn" };
export const number = (value) => new Intl.NumberFormat(tag[language]).format(value);
export const day = (iso) => new Date(`${iso}T00:00:00`).toLocaleDateString(tag[language], { day: "numeric", month: "short", year: "numeric" });
export const moment = (at) => new Date(at).toLocaleString(tag[language], { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
