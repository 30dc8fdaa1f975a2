// Visits made without a network are numbered, so that the office applies them in their order (field/order.py).
import * as kept from "./kept.js";
import * as vault from "./vault.js";

/** Where a family stands on this phone: {version, trunk, branch}. */
export async function of(family) {
  const known = (await kept.read("runs"))?.[family.id];
  return known && known.version > family.version ? known : { version: family.version, trunk: family.version, branch: crypto.randomUUID() };
}

/** One more visit was finished: the next one follows it. */
export async function visited(family, run, day) {
  const runs = (await kept.read("runs")) ?? {};
  await kept.write("runs", { ...runs, [family.id]: { version: run.version + 1, trunk: run.trunk, branch: run.branch, day } });
}

/** The families as the worker sees them: with her own visits that the office has not told back yet. */
export async function seen(families) {
  const runs = (await kept.read("runs")) ?? {};
  const waiting = new Set((await vault.all("outbox")).map((item) => item.household));
  return families.map((family) => {
    const run = runs[family.id];
    const is_unsent = waiting.has(family.id);
    return run && run.version > family.version ? { ...family, visited_on: run.day, is_unsent } : family;
  });
}

/** Runs whose visits the office has told back are over. */
export async function tidy(families) {
  const runs = (await kept.read("runs")) ?? {};
  const open = families.filter((family) => runs[family.id]?.version > family.version).map((family) => [family.id, runs[family.id]]);
  if (open.length !== Object.keys(runs).length) await kept.write("runs", Object.fromEntries(open));
}
