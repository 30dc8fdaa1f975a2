// What the phone holds, sealed under a key that only the worker's PIN opens (AES-GCM; PBKDF2-SHA-256; docs/adr/0026).
import * as store from "./store.js";

const ITERATIONS = 600_000;
export const SHORTEST_PIN = 6;
export const MOST_WRONG = 10;
/** Seconds to wait after so many wrong tries. */
export const WAITS = [0, 0, 0, 30, 60, 300, 900, 1800, 3600, 3600];
const encoder = new TextEncoder();
const decoder = new TextDecoder();

let key = null;

export class WrongPin extends Error {
  constructor(left, waitUntil) {
    super("wrong PIN");
    this.left = left;
    this.waitUntil = waitUntil;
  }
}

export class TooSoon extends Error {
  constructor(waitUntil) {
    super("too soon");
    this.waitUntil = waitUntil;
  }
}

export const isEnrolled = async () => Boolean(await store.get("lock", "key"));
export const isOpen = () => key !== null;

export async function close() {
  key = null;
}

/** A new key under a new PIN; what was there before is gone. */
export async function enrol(pin, device) {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const fresh = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, true, ["encrypt", "decrypt"]);
  const wrapped = await crypto.subtle.wrapKey("raw", fresh, await keyOfPin(pin, salt, ITERATIONS), { name: "AES-GCM", iv });
  await store.put("lock", { id: "key", salt, iv, wrapped, iterations: ITERATIONS, device });
  await store.put("lock", { id: "tries", wrong: 0, until: 0 });
  key = await opened(await store.get("lock", "key"), pin);
}

/** Raises WrongPin or TooSoon. A try is counted before it is made, so that ending the app does not undo it. */
export async function unlock(pin, now = Date.now()) {
  const lock = await store.get("lock", "key");
  const tries = (await store.get("lock", "tries")) ?? { wrong: 0, until: 0 };
  if (now < tries.until) throw new TooSoon(tries.until);
  const wrong = tries.wrong + 1;
  const until = now + WAITS[Math.min(wrong, WAITS.length - 1)] * 1000;
  await store.put("lock", { id: "tries", wrong, until });
  try {
    key = await opened(lock, pin);
  } catch {
    throw new WrongPin(MOST_WRONG - wrong, until > now ? until : 0);
  }
  await store.put("lock", { id: "tries", wrong: 0, until: 0 });
}

export const waitsUntil = async () => (await store.get("lock", "tries"))?.until ?? 0;

/** Which phone this is, for asking whether it should erase itself while it is still closed. Not a secret: it opens nothing. */
export const device = async () => (await store.get("lock", "key"))?.device ?? null;

export async function becomes(device) {
  await store.put("lock", { ...(await store.get("lock", "key")), device });
}

async function keyOfPin(pin, salt, iterations) {
  const typed = await crypto.subtle.importKey("raw", encoder.encode(pin.normalize("NFKC")), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations };
  return crypto.subtle.deriveKey(how, typed, { name: "AES-GCM", length: 256 }, false, ["wrapKey", "unwrapKey"]);
}

async function opened(lock, pin) {
  const outer = await keyOfPin(pin, lock.salt, lock.iterations);
  const how = { name: "AES-GCM", iv: lock.iv };
  return crypto.subtle.unwrapKey("raw", lock.wrapped, outer, how, "AES-GCM", false, ["encrypt", "decrypt"]);
}

/** Sealed for one place: what is moved from one row to another does not open. */
export async function sealed(drawer, id, bytes) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: encoder.encode(`${drawer}/${id}`) }, key, bytes);
  return { id, iv, data };
}

export async function bytes(drawer, row) {
  const how = { name: "AES-GCM", iv: row.iv, additionalData: encoder.encode(`${drawer}/${row.id}`) };
  return crypto.subtle.decrypt(how, key, row.data);
}

export const sealedJson = (drawer, id, told) => sealed(drawer, id, encoder.encode(JSON.stringify(told)));
export const json = async (drawer, row) => JSON.parse(decoder.decode(await bytes(drawer, row)));

export async function put(drawer, id, told) {
  await store.put(drawer, await sealedJson(drawer, id, told));
}

export async function get(drawer, id) {
  const row = await store.get(drawer, id);
  return row ? json(drawer, row) : undefined;
}

export async function all(drawer) {
  return Promise.all((await store.all(drawer)).map((row) => json(drawer, row)));
}

/** Everything is gone but filled forms sealed to the office, which nobody can read on this phone. */
export async function erase({ withSealed = false } = {}) {
  key = null;
  await store.clear(store.DRAWERS.filter((drawer) => withSealed || drawer !== "sealed"));
}
