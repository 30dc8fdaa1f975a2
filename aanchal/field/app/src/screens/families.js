// The families of her villages: the list in the order in which to visit them, and the card of one.
import { drawn, h } from "../dom.js";
import * as kept from "../kept.js";
import { isAtRisk, visitDue } from "../rules.js";
import * as runs from "../runs.js";
import { day, inLanguage, number, t } from "../words.js";

const AT_ONCE = 40;

export async function families(which = "") {
  const bundle = await kept.bundle();
  const everyone = await runs.seen(await kept.families());
  const wanted = which === "first" ? everyone.filter(isAtRisk) : everyone;
  const list = h("ul.list");
  const more = h("button.btn.second", { type: "button", onclick: () => draw(list.children.length + AT_ONCE) }, t("show_more"));
  const find = h("input.input", { type: "search", "aria-label": t("find"), placeholder: t("find"), oninput: () => draw(AT_ONCE) });
  function draw(most) {
    const found = narrowed(wanted, find.value);
    list.replaceChildren(...found.slice(0, most).map((family) => line(family, bundle)));
    if (!found.length) list.append(h("li", t(everyone.length ? "no_match" : "no_family")));
    more.hidden = found.length <= most;
  }
  draw(AT_ONCE);
  return {
    heading: `${t(which === "first" ? "visit_first" : "families")} (${number(wanted.length)})`,
    content: [h("div.field", find), list, more],
  };
}

function narrowed(everyone, typed) {
  const words = typed.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return everyone.filter((family) => {
    const said = `${family.code} ${family.code.replace("-", "")} ${family.head ?? ""} ${family.hamlet}`.toLocaleLowerCase();
    return words.every((word) => said.includes(word));
  });
}

export function pills(family, bundle) {
  const band = h(`span.pill.${family.band}`, drawn(family.band), inLanguage(bundle.words[`band.${family.band}`]));
  const urgent = family.is_urgent ? h("span.pill.URGENT", drawn("URGENT"), t("band_urgent")) : "";
  return h("div.row", urgent, band);
}

function line(family, bundle) {
  return h(
    "li.card",
    h("a.row.between", { href: `#family/${family.id}` }, h("b", h("span.code", family.code), family.head ? ` · ${family.head}` : ""), h("span.sub", family.hamlet)),
    pills(family, bundle),
    reasons(family, bundle, 2),
    h("p.sub", t("last_visit", { day: day(family.visited_on) }), family.is_unsent ? ` · ${t("visited_unsent")}` : ""),
  );
}

function reasons(family, bundle, most = 9) {
  const told = family.reasons.slice(0, most).map((key) => h("li", inLanguage(bundle.words[`reason.${key}`])));
  return told.length ? h("ul.reasons", told) : "";
}

export async function family(id) {
  const [bundle, everyone, journeys] = [await kept.bundle(), await runs.seen(await kept.families()), await kept.journeys()];
  const found = everyone.find((one) => one.id === id);
  if (!found) return { heading: t("families"), content: h("p", t("no_match")), back: "#families" };
  const isSomeoneAway = journeys.some((one) => one.family === found.id) && bundle.forms.some((form) => form.id === "check_in");
  const needs = found.needs.map((key) => h("li", inLanguage(bundle.words[`need.${key}`])));
  return {
    heading: t("family", { code: found.code }),
    back: "#families",
    content: [
      h(
        "section.card.stack",
        h("p", found.head ?? "", found.hamlet ? h("span.sub", ` ${found.hamlet}`) : ""),
        pills(found, bundle),
        found.reasons.length ? [h("h2", t("reasons")), reasons(found, bundle)] : "",
        needs.length ? [h("h2", t("help_now")), h("ul.reasons", needs)] : "",
        h("p.sub", t("last_visit", { day: day(found.visited_on) }), " · ", t("due_on", { day: day(visitDue(found)) })),
        found.is_unsent ? h("p.note", t("visited_unsent")) : "",
        h("a.btn.big", { href: `#fill/follow_up/${found.id}` }, drawn("house"), t("visit_again")),
        isSomeoneAway ? h("a.btn.big.second", { href: `#fill/check_in/${found.id}` }, drawn("phone-call"), t("task_CHECK_IN")) : "",
      ),
      h("section.card", h("h2", t("members")), h("ul.list", found.members.map((member) => h("li", memberWords(member, bundle))))),
      h("section.card", h("h2", t("forms")), h("ul.list", bundle.forms.filter((form) => form.is_register).map((form) => formLine(form, found)))),
    ],
  };
}

function memberWords(member, bundle) {
  const relation = inLanguage(bundle.words[`relation.${member.relation}`]);
  return [member.name ? `${member.name} · ` : "", relation, member.age === null ? "" : ` · ${t("person_years", { age: number(member.age) })}`].join("");
}

const formLine = (form, found) => h("li", h("a.row", { href: `#fill/${form.id}/${found.id}` }, drawn("file-plus"), inLanguage(form.title)));
