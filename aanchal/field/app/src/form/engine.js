// The form on the screen. Enketo stands behind these few functions, so that another renderer can take its place:
// load(...) -> {validate, getXml, edit, setLanguage, pages, close}
import { Form } from "enketo-core";
import events from "enketo-core/src/js/event";
import { hold } from "./open.js";
import { t } from "./translator.js";

/**
 * @param {HTMLElement} place where the form goes
 * @param {{form: string, model: string, media: Object}} content as the server transformed it
 * @param {{record?: string, values?: Object, lists: Object, language: string, device: string, files: Object, secret: Uint8Array,
 *   areHousesShifted: boolean, onEdit: Function, labels: Object}} how `record`: a draft; `values`: path -> answer to begin with
 */
export function load(place, content, how) {
  place.replaceChildren(parsed(content), footer(how.labels));
  const element = place.querySelector("form.or");
  element.addEventListener("submit", (event) => event.preventDefault());
  // Inside the form it would be an answer: a change of language would wipe the model.
  const chooser = element.querySelector("#form-languages");
  const languages = document.createElement("div");
  languages.className = "form-language-selector";
  languages.hidden = true;
  place.prepend(languages);
  const form = new Form(element, modelOf(content, how), { language: how.language });
  hold({ files: how.files, secret: how.secret, areHousesShifted: how.areHousesShifted, house: () => houseIn(form) });
  const problems = form.init();
  speakItself(element);
  if (!chooser) languages.remove();
  for (const [path, value] of Object.entries(how.values ?? {})) answer(form, path, value);
  element.addEventListener(events.DataUpdate().type, how.onEdit);
  return {
    problems,
    validate: () => form.validate(),
    getXml: () => written(form),
    setLanguage: (language) => speak(form, language),
    edit: (path, value) => answer(form, path, value),
    pages: () => ({ at: form.pages.activePages.indexOf(form.pages.current) + 1, of: form.pages.activePages.length }),
    close() {
      form.resetView();
      place.replaceChildren();
      hold(null);
    },
  };
}

function parsed({ form, media }) {
  const page = new DOMParser().parseFromString(form, "text/html");
  page.querySelectorAll("[data-media]").forEach((element) => {
    const held = media?.[element.dataset.media];
    if (held) element.src = held;
    else element.remove();
  });
  return document.adoptNode(page.querySelector("form.or"));
}

function footer({ previous, next, finish, powered }) {
  const row = document.createElement("div");
  row.className = "form-footer";
  row.append(button("previous-page second", previous), button("next-page", next), button("finish", finish), hiddenButton("first-page"), hiddenButton("last-page"));
  const by = document.createElement("p");
  by.className = "powered";
  by.append(powered);
  row.append(by);
  return row;
}

function button(classes, words) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = `btn big ${classes}`;
  element.textContent = words;
  return element;
}

function hiddenButton(name) {
  const element = button(name, "");
  element.hidden = true;
  return element;
}

function modelOf(content, { record, lists, device }) {
  const external = Object.entries(lists).map(([id, rows]) => ({ id, xml: listOf(rows) }));
  const wanted = external.filter(({ id }) => content.model.includes(`<instance id="${id}"`));
  return { modelStr: content.model, instanceStr: record, submitted: false, external: wanted, session: { deviceid: device } };
}

function listOf(rows) {
  const xml = document.implementation.createDocument(null, "root");
  for (const row of rows) {
    const item = xml.createElement("item");
    for (const [name, value] of Object.entries(row)) item.appendChild(xml.createElement(name)).textContent = value;
    xml.documentElement.append(item);
  }
  return xml;
}

/** An answer as if it were typed: what depends on it follows. */
function answer(form, path, value) {
  const control = form.input.find(path, 0);
  if (control) form.input.setVal(control, value, events.Change());
}

function written(form) {
  form.calc.update(); // counts over a repeat were seen to lag behind its last change
  form.view.html.dispatchEvent(events.BeforeSave());
  return form.getDataStr({ irrelevant: false });
}

function speak(form, language) {
  if (!form.langs.languagesUsed.includes(language)) return;
  form.langs._currentLang = language;
  form.langs.formLanguages.value = language;
  form.langs.setFormUi(language);
  speakItself(form.view.html);
}

/** The few words that are Enketo's own and not the form's. */
function speakItself(element) {
  element.querySelectorAll("[data-i18n]").forEach((one) => {
    one.textContent = t(one.dataset.i18n) || one.textContent;
  });
}

/** What a house is known by: its own id where the form has one, else this filled form. */
function houseIn(form) {
  const found = form.model.xml.querySelector("instance > * household_id, instance > * > household");
  return found?.textContent || form.instanceID;
}
