// What is due today, from the rules that the office runs too.
import { drawn, h } from "../dom.js";
import * as kept from "../kept.js";
import { tasks as due } from "../rules.js";
import * as runs from "../runs.js";
import { number, t } from "../words.js";
import { pills } from "./families.js";
import { today } from "./home.js";

const ICONS = { ALERT: "circle-alert", CHECK_IN: "phone-call", VISIT: "house" };

export async function tasks() {
  const [bundle, families] = [await kept.bundle(), await runs.seen(await kept.families())];
  const byId = new Map(families.map((family) => [family.id, family]));
  const found = due(families, today());
  return {
    heading: `${t("tasks")} (${number(found.length)})`,
    content: found.length
      ? h("ul.list", found.slice(0, 200).map((task) => line(task, byId.get(task.family), bundle)))
      : h("p.card", t("nothing_due")),
  };
}

function line(task, family, bundle) {
  return h(
    "li.card",
    h("a.row", { href: `#family/${family.id}` }, drawn(ICONS[task.kind]), h("b", t(`task_${task.kind}`)), h("span.code", family.code), family.head ?? ""),
    task.kind === "ALERT" ? h("p", t(`alert_${task.what}`)) : "",
    pills(family, bundle),
    task.late_days > 0 ? h("p.sub", t("days_late", { n: number(task.late_days) })) : "",
  );
}
