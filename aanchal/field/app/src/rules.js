// What is to be done and when, as field/rules.py says it; tests/field/vectors.json holds the two equal.

const VISIT_DAYS = { SEVERE: 15, AT_RISK: 30, VULNERABLE: 90, UNKNOWN: 90, NOT_AT_RISK: 365 };
const URGENT_DAYS = 7;
const ALERT_DAYS = 1;
const ORDER = ["ALERT", "CHECK_IN", "VISIT"];
const DAY = 86_400_000;

const plus = (day, days) => new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
const between = (from, to) => Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY);
const compare = (one, other) => (one < other ? -1 : one > other ? 1 : 0);

export const isAtRisk = (family) => family.is_urgent || family.band === "SEVERE" || family.band === "AT_RISK";

export function visitDue(family) {
  const days = VISIT_DAYS[family.band] ?? VISIT_DAYS.UNKNOWN;
  return plus(family.visited_on, family.is_urgent ? Math.min(days, URGENT_DAYS) : days);
}

export function tasks(families, today) {
  return families
    .flatMap((family) => [...ofFamily(family, today)])
    .filter((task) => task.due_on <= today)
    .sort(
      (a, b) =>
        ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) ||
        compare(a.due_on, b.due_on) ||
        compare(a.family, b.family) ||
        compare(a.record, b.record),
    );
}

function* ofFamily(family, today) {
  const task = (kind, record, what, due_on) => ({ kind, family: family.id, record, what, due_on, late_days: between(due_on, today) });
  for (const alert of family.alerts ?? []) {
    const due = plus(alert.since, ALERT_DAYS);
    yield task("ALERT", alert.record, alert.what, due < today ? due : today);
  }
  for (const call of family.calls ?? []) {
    const heard = call.since > family.visited_on ? call.since : family.visited_on;
    yield task("CHECK_IN", call.entry, "", plus(heard, call.every));
  }
  yield task("VISIT", "", family.is_urgent ? "URGENT" : family.band, visitDue(family));
}
