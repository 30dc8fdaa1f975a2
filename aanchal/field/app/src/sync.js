// One round with the office: send what waits, then get what changed.
import * as kept from "./kept.js";
import * as outbox from "./outbox.js";
import * as runs from "./runs.js";
import * as server from "./server.js";
import * as store from "./store.js";

export const told = new EventTarget();
let running = null;
let state = { at: 0, is: "IDLE", why: "" };

export const current = () => state;

function say(change) {
  state = { ...state, ...change };
  told.dispatchEvent(new Event("change"));
}

export function round({ isForced = false } = {}) {
  running ??= go(isForced).finally(() => (running = null));
  return running;
}

async function go(isForced) {
  say({ is: "SYNCING", why: "" });
  try {
    await outbox.send(() => told.dispatchEvent(new Event("change")), { isForced });
    await receive();
    const at = Date.now();
    await kept.write("round", at);
    say({ is: "IDLE", at });
    return true;
  } catch (problem) {
    say({ is: nameOf(problem), why: problem.message });
    return false;
  }
}

function nameOf(problem) {
  if (problem instanceof server.NoNetwork) return "NO_NETWORK";
  if (problem instanceof server.Ended) return "ENDED";
  return problem.name === "QuotaExceededError" ? "FULL" : "TROUBLE";
}

/** What changed: told by hashes, so that a second round costs a few hundred bytes. */
export async function receive() {
  const bundle = await changed("bundle", "app/bundle");
  await Promise.all([changed("families", "app/families"), ...bundle.villages.map((one) => changed(`map/${one.code}`, `app/maps/${one.code}`))]);
  await runs.tidy(await kept.families());
  await Promise.all(bundle.forms.map(receiveForm));
  await dropOld(bundle);
}

async function changed(id, path) {
  const known = await kept.read(id);
  const fresh = await server.fetched(path, known?.etag);
  if (fresh) await kept.write(id, fresh);
  return (fresh ?? known).told;
}

async function receiveForm(form) {
  const id = `form/${form.id}`;
  if ((await kept.read(id))?.told.md5 === form.md5) return;
  const { told: content } = await server.fetched(`app/forms/${form.id}/${form.version}`);
  const media = {};
  for (const name of content.media) {
    const blob = await server.blob(`forms/${form.id}/${form.version}/media/${encodeURIComponent(name)}`).catch(() => null);
    if (blob) media[name] = await asDataUrl(blob);
  }
  await kept.write(id, { told: { ...content, media, md5: form.md5, version: form.version } });
}

const asDataUrl = (blob) =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });

/** Maps and forms of places and postings she no longer holds. */
async function dropOld(bundle) {
  const wanted = new Set([...bundle.forms.map((form) => `form/${form.id}`), ...bundle.villages.map((one) => `map/${one.code}`)]);
  for (const id of await store.ids("kept")) {
    if (/^(form|map)\//.test(id) && !wanted.has(id)) await store.del("kept", id);
  }
}
