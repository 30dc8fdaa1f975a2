// The first screen: who to visit first, what is due, the registers, the map, what waits and what the office has.
import { drawn, h } from "../dom.js";
import * as kept from "../kept.js";
import { isAtRisk, tasks } from "../rules.js";
import * as runs from "../runs.js";
import * as store from "../store.js";
import { inLanguage, number, t } from "../words.js";

export const today = () => new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 10);

export async function home() {
  const [bundle, families] = [await kept.bundle(), await runs.seen(await kept.families())];
  const [drafts, waiting, sent] = [await store.count("drafts"), await store.count("outbox"), await kept.sent()];
  const first = families.filter(isAtRisk).length;
  const due = tasks(families, today()).length;
  const forms = bundle?.forms ?? [];
  const isOffered = (id) => forms.some((form) => form.id === id);
  return {
    heading: bundle?.worker.name ?? t("aanchal"),
    content: [
      h(
        "div.tiles",
        tile("families/first", "heart-handshake", t("visit_first"), first, t("at_risk_words"), "first"),
        tile("tasks", "list-checks", t("tasks"), due, t("tasks_words")),
        isOffered("household_survey") ? tile("fill/household_survey", "file-plus", t("new_survey"), null, inLanguage(titleOf(forms, "household_survey"))) : "",
        tile("families", "users", t("families"), families.length, t("all_families")),
        (bundle?.villages ?? []).slice(0, 6).map((one) => tile(`map/${one.code}`, "map", t("my_map"), null, inLanguage(one.name))),
        drafts ? tile("drafts", "pencil", t("drafts"), drafts, t("drafts_words")) : "",
      ),
      h("h2", t("forms")),
      h("ul.list.card", forms.filter((form) => !["household_survey", "follow_up"].includes(form.id)).map(formLine)),
      h(
        "div.counts",
        counter(t("office_has"), Math.max(bundle?.counts.received ?? 0, sent.total)),
        counter(t("with_officer"), bundle?.counts.flagged ?? 0),
        counter(t("waits_here"), waiting),
      ),
    ],
  };
}

const titleOf = (forms, id) => forms.find((form) => form.id === id)?.title;
const formLine = (form) => h("li", h("a.row", { href: `#fill/${form.id}` }, drawn("file-plus"), inLanguage(form.title)));

function tile(where, icon, title, value, words, more = "") {
  return h(
    `a.card.tile${more ? `.${more}` : ""}`,
    { href: `#${where}` },
    drawn(icon),
    h("b", title),
    h("span.big-number", value === null ? "" : number(value)),
    h("span.sub", words),
  );
}

const counter = (label, value) => h("a.card.count", { href: "#outbox" }, h("span.label", label), h("span.big-number", number(value)));
