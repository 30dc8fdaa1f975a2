// A form on the screen: begun from a family or from nothing, kept as a draft at every answer, finished into the outbox.
import { h } from "../dom.js";
import * as frame from "../frame.js";
import * as kept from "../kept.js";
import * as outboxes from "../outbox.js";
import { isAtRisk, visitDue } from "../rules.js";
import * as runs from "../runs.js";
import * as store from "../store.js";
import * as sync from "../sync.js";
import * as vault from "../vault.js";
import { current, day, inLanguage, t } from "../words.js";
import { today } from "./home.js";

const PAUSE = 700;

export async function fill(form, household = "") {
  return opened({ id: crypto.randomUUID(), form, household, at: Date.now() }, new Map());
}

/** A draft, or a finished form of which the office has nothing yet: it becomes a draft again. */
export async function draft(id) {
  await outboxes.takeBack(id);
  const known = await vault.get("drafts", id);
  if (!known) return { heading: t("drafts"), content: h("p", t("no_match")) };
  const blobs = new Map();
  for (const name of known.files ?? []) {
    const row = await store.get("files", `${id}/${name}`);
    if (row) blobs.set(name, new Blob([await vault.bytes("files", row)], { type: known.types?.[name] ?? "" }));
  }
  return opened(known, blobs);
}

async function opened(record, blobs) {
  const [bundle, families, content] = [await kept.bundle(), await kept.families(), await kept.form(record.form)];
  const journeys = await kept.journeys();
  const form = bundle?.forms.find((one) => one.id === record.form);
  if (!form || !content) return { heading: t("forms"), content: h("p.note.warn", t("no_network")) };
  const family = families.find((one) => one.id === record.household);
  const sheet = new Sheet({ record, blobs, form, content, family, bundle, families, journeys });
  return {
    heading: inLanguage(form.title),
    back: family ? `#family/${family.id}` : "#home",
    content: [family ? h("p.sub", [family.code, family.head].filter(Boolean).join(" · ")) : "", sheet.place],
    shown: () => sheet.open(),
    leave: () => sheet.leave(),
  };
}

class Sheet {
  constructor(told) {
    Object.assign(this, told);
    this.place = h("div.sheet-of-form.card", h("p", { role: "status" }, "…"));
    this.timer = 0;
    this.engine = null;
    this.isEdited = false;
  }

  async open() {
    const { load } = await import("../form/engine.js");
    this.runs = new Map();
    for (const one of this.families) this.runs.set(one.id, await runs.of(one));
    this.engine = load(this.place, this.content, {
      record: this.record.xml,
      values: this.record.xml ? {} : this.firstAnswers(),
      lists: this.lists(),
      language: current(),
      device: this.bundle.device.id,
      files: this.files(),
      secret: await kept.secret(),
      areHousesShifted: this.form.are_houses_shifted,
      onEdit: () => this.edited(),
      labels: { previous: t("previous"), next: t("next"), finish: t("finish"), powered: "Powered by Enketo" },
    });
    if (this.engine.problems.length) frame.say("form_broken", { why: this.engine.problems.join(" ") }, "error");
    this.place.querySelector(".finish").addEventListener("click", () => this.finish());
    frame.speakBy((language) => this.speak(language));
    this.place.dataset.ready = "1";
  }

  /** The answers stay as they are: only the words change. */
  speak(language) {
    this.engine.setLanguage(language);
    for (const [name, words] of [[".previous-page", "previous"], [".next-page", "next"], [".finish", "finish"]]) {
      this.place.querySelector(name).textContent = t(words);
    }
    frame.retitle(inLanguage(this.form.title));
  }

  /** What is known already is not asked again. */
  firstAnswers() {
    const { family, bundle, journeys } = this;
    const village = family?.village ?? (bundle.villages.length === 1 ? String(bundle.villages[0].code) : "");
    const told = {};
    if (village) told["/data/place/village"] = village;
    if (family) Object.assign(told, { "/data/household": family.id, "/data/household_code": family.code });
    const away = journeys.filter((one) => family && one.family === family.id);
    if (away.length) told["/data/in_list"] = "yes";
    if (away.length === 1) told["/data/journey"] = away[0].id;
    return told;
  }

  lists() {
    const { bundle, families, journeys } = this;
    const row = (one) => {
      const run = this.runs.get(one.id);
      const label = [one.code, one.head, one.hamlet].filter(Boolean).join(" · ");
      return { name: one.id, label, __version: run.version, __trunkVersion: run.trunk, __branchId: run.branch, village: one.village };
    };
    const person = (one, family) => ({ name: one.id, label: personWords(one, bundle), household: family.id });
    const journey = (one) => {
      const label = [one.code, one.name, day(one.left_on)].filter(Boolean).join(" · ");
      return { name: one.id, label, __version: 1, village: one.village, household: one.family, left_on: one.left_on, back_by: one.back_by };
    };
    const task = (one) => ({ ...row(one), __version: 1, household: one.id, task: one.is_urgent ? "VISIT_FIRST" : "VISIT_DUE", due_on: visitDue(one) });
    return {
      villages: bundle.villages.map((one) => ({ name: one.code, label: inLanguage(one.name) })),
      households: families.map(row),
      persons: families.flatMap((family) => family.members.map((one) => person(one, family))),
      journeys: journeys.map(journey),
      tasks: families.filter(isAtRisk).map(task),
    };
  }

  /** Files of this form, sealed on the phone as soon as they are taken. */
  files() {
    const { blobs, record } = this;
    return {
      get: (name) => blobs.get(name),
      add: async (name, blob) => {
        await store.put("files", await vault.sealed("files", `${record.id}/${name}`, await blob.arrayBuffer()));
        blobs.set(name, blob);
      },
      drop: (name) => {
        blobs.delete(name);
        store.del("files", `${record.id}/${name}`);
      },
    };
  }

  edited() {
    this.isEdited = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save().catch(frame.trouble), PAUSE);
  }

  async save() {
    if (!this.engine || !vault.isOpen()) return;
    const xml = this.engine.getXml();
    clearTimeout(this.timer); // the end time that was just written is no answer of hers
    const files = [...this.blobs.keys()];
    const types = Object.fromEntries([...this.blobs].map(([name, blob]) => [name, blob.type]));
    Object.assign(this.record, { xml, files, types, title: this.form.title.en, about: this.family?.code ?? "", at: Date.now() });
    await vault.put("drafts", this.record.id, this.record);
    this.isEdited = false;
  }

  async finish() {
    try {
      if (!(await this.engine.validate())) return frame.say("form_wrong", {}, "error");
      await this.send();
    } catch (problem) {
      return frame.trouble(problem);
    }
    frame.say("saved");
    sync.round();
    return frame.go(this.family ? `#family/${this.family.id}` : "#home");
  }

  async send() {
    const xml = this.engine.getXml();
    clearTimeout(this.timer);
    const page = new DOMParser().parseFromString(xml, "text/xml");
    const told = new Set([...page.querySelectorAll('[type="file"]')].map((node) => node.textContent));
    const blobs = [...this.blobs].filter(([name]) => told.has(name)).map(([name, blob]) => ({ name, blob }));
    const { id, form, household } = this.record;
    const about = this.family?.code ?? "";
    await outboxes.add({ id, form, household: visitedIn(page) ?? household, xml, about, title: inLanguage(this.form.title), at: Date.now() }, blobs);
    this.close();
    const visited = this.families.find((one) => one.id === visitedIn(page));
    if (visited) await runs.visited(visited, this.runs.get(visited.id), today());
  }

  async leave() {
    clearTimeout(this.timer);
    if (this.engine && this.isEdited) await this.save();
    this.close();
  }

  close() {
    frame.speakBy(null);
    this.engine?.close();
    this.engine = null;
  }
}

/** The family that this form says was visited and met; null for every other form. */
function visitedIn(page) {
  const entity = page.querySelector('entity[dataset="households"]');
  return entity && ["true", "1"].includes(entity.getAttribute("update")) ? entity.getAttribute("id") : null;
}

function personWords(one, bundle) {
  const relation = inLanguage(bundle.words[`relation.${one.relation}`]);
  return one.name ? `${one.name} (${relation})` : `${relation}${one.age === null ? "" : `, ${one.age}`}`;
}
