// Filled forms on their way: kept until the office says that it has each part, tried again with growing pauses.
import * as kept from "./kept.js";
import { base64, seal } from "./seal.js";
import * as server from "./server.js";
import * as store from "./store.js";
import * as vault from "./vault.js";

const FIRST_PAUSE = 5_000;
const LONGEST_PAUSE = 1_800_000;
const LOG = 100;

let sending = null;

/** WAITING to be sent, or REFUSED by the office in words. */
export const items = async () => (await vault.all("outbox")).sort((a, b) => a.at - b.at);

/** The form, its files and its sealed copy in one transaction: all of it is on the phone, or the worker is told that it is not. */
export async function add(item, blobs) {
  const files = await Promise.all(
    blobs.map(async ({ name, blob }) => ({ id: `${item.id}/${name}`, name, type: blob.type, size: blob.size, octets: await blob.arrayBuffer() })),
  );
  const whole = { ...item, state: "WAITING", why: "", tries: 0, next: 0, isXmlSent: false, files: files.map(({ id, name, type, size }) => ({ id, name, type, size, isSent: false })) };
  const row = await vault.sealedJson("outbox", item.id, whole);
  const rows = await Promise.all(files.map((file) => vault.sealed("files", file.id, file.octets)));
  const copy = await sealedCopy(item, files);
  await store.within(["outbox", "files", "sealed", "drafts"], "readwrite", (open) => {
    open("outbox").put(row);
    rows.forEach((one) => open("files").put(one));
    if (copy) open("sealed").put({ id: item.id, at: item.at, item: copy });
    open("drafts").delete(item.id);
  });
  return whole;
}

async function sealedCopy(item, files) {
  const { office } = (await kept.bundle()) ?? {};
  if (!office) return null;
  const inside = files.map(({ name, type, octets }) => ({ name, type, data: base64(octets) }));
  return seal(office, { token: await kept.token(), at: new Date(item.at).toISOString(), xml: item.xml, files: inside });
}

/** A finished form of which the office has nothing yet is a draft again, in one step; its files stay where they are. */
export async function takeBack(id) {
  const item = await vault.get("outbox", id);
  if (!item || item.isXmlSent) return;
  const types = Object.fromEntries(item.files.map((file) => [file.name, file.type]));
  const draft = { id, form: item.form, household: item.household, xml: item.xml, title: item.title, about: item.about, at: item.at, types };
  const row = await vault.sealedJson("drafts", id, { ...draft, files: Object.keys(types) });
  await store.within(["outbox", "sealed", "drafts"], "readwrite", (open) => {
    open("drafts").put(row);
    open("outbox").delete(id);
    open("sealed").delete(id);
  });
}

async function content(file) {
  const row = await store.get("files", file.id);
  return new Blob([await vault.bytes("files", row)], { type: file.type });
}

async function forget(item) {
  await store.within(["outbox", "files", "sealed"], "readwrite", (open) => {
    open("outbox").delete(item.id);
    item.files.forEach((file) => open("files").delete(file.id));
    open("sealed").delete(item.id);
  });
}

/** Sends what may be sent now; told of each step. One run at a time. Raises what ends all sending: Ended, NoNetwork. */
export function send(step = () => {}, { now = Date.now(), isForced = false } = {}) {
  sending ??= sendAll(step, now, isForced).finally(() => (sending = null));
  return sending;
}

async function sendAll(step, now, isForced) {
  let sent = 0;
  for (const item of await items()) {
    if (!isForced && (item.state === "REFUSED" || item.next > now)) continue;
    sent += await sendOne(item, step);
  }
  return sent;
}

async function sendOne(item, step) {
  try {
    await sendParts(item, step);
  } catch (problem) {
    await noteFailure(item, problem);
    step(item);
    if (problem instanceof server.Refused && problem.status < 500 && problem.status !== 429) return 0;
    throw problem;
  }
  await noteSent(item);
  step(item);
  return 1;
}

/** First the answers, alone; then file by file, each with the answers, so that a broken line costs one file and no more. */
async function sendParts(item, step) {
  if (!item.isXmlSent) {
    await server.send(item.xml, [], item.files.length > 0);
    item.isXmlSent = true;
    await save(item, step);
  }
  for (const [at, file] of item.files.entries()) {
    if (file.isSent) continue;
    await server.send(item.xml, [{ name: file.name, blob: await content(file) }], at < item.files.length - 1);
    file.isSent = true;
    await save(item, step);
  }
}

async function save(item, step) {
  await vault.put("outbox", item.id, item);
  step(item);
}

export const pause = (tries) => Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** Math.min(tries, 20)) * (0.75 + Math.random() / 2);

async function noteFailure(item, problem) {
  item.tries += 1;
  item.next = Date.now() + Math.max(pause(item.tries - 1), (problem.after ?? 0) * 1000);
  item.why = problem instanceof server.Refused || problem instanceof server.Ended ? problem.message : "";
  item.state = problem instanceof server.Refused && problem.status < 500 && problem.status !== 429 ? "REFUSED" : "WAITING";
  await vault.put("outbox", item.id, item);
}

async function noteSent(item) {
  item.state = "SENT";
  await forget(item);
  const log = (await kept.read("sent")) ?? { total: 0, last: [] };
  const line = { id: item.id, form: item.form, title: item.title, at: item.at, sent: Date.now() };
  await kept.write("sent", { total: log.total + 1, last: [line, ...log.last].slice(0, LOG) });
}

/** How far one item is: parts the office has, of all parts. */
export const progress = (item) => ({
  done: Number(item.isXmlSent) + item.files.filter((file) => file.isSent).length,
  of: 1 + item.files.length,
});
