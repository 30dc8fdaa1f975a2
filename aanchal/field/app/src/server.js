// The office's answers to this phone, asked for under its own token.

export class NoNetwork extends Error {}
export class Ended extends Error {}
export class Refused extends Error {
  constructor(status, words, after) {
    super(words);
    this.status = status;
    this.after = after;
  }
}

const PATIENCE = 60_000;
const base = new URL("../", document.baseURI);
let token = "";
let wipe = () => {};

export const hold = (told) => (token = told);
export const onWipe = (then) => (wipe = then);

/** GET of JSON; null where nothing changed since `etag`. */
export async function fetched(path, etag = "") {
  const answer = await ask(path, { headers: etag ? { "If-None-Match": etag } : {} });
  if (answer.status === 304) return null;
  return { told: await answer.json(), etag: answer.headers.get("ETag") ?? "" };
}

export const blob = async (path) => (await ask(path)).blob();

/** One POST of a filled form with some of its files. Whoever answers 201 or 202 has it. */
export async function send(xml, files, isIncomplete) {
  const body = new FormData();
  body.append("xml_submission_file", new Blob([xml], { type: "text/xml" }), "submission.xml");
  files.forEach((file) => body.append(file.name, file.blob, file.name));
  if (isIncomplete) body.append("*isIncomplete*", "yes");
  return ask("submission", { method: "POST", body });
}

export const wiped = () => ask("wiped", { method: "POST" });

/** Whether a phone that is still closed was asked to erase itself. */
export async function isWipeAsked(device) {
  const answer = await reach(new URL(`field/phones/${device}/`, base), {});
  return answer.ok && (await answer.json()).wipe === true;
}

export const tellWiped = (device) => reach(new URL(`field/phones/${device}/`, base), { method: "POST" });

async function ask(path, how = {}) {
  const answer = await reach(new URL(`d/${token}/${path}`, base), how);
  if (answer.headers.get("X-Aanchal-Wipe") === "asked") wipe();
  if (answer.ok || answer.status === 304) return answer;
  const words = await saidIn(answer);
  if (answer.status === 401) throw new Ended(words);
  throw new Refused(answer.status, words, Number(answer.headers.get("Retry-After")) || 0);
}

async function reach(address, how) {
  try {
    return await fetch(address, { credentials: "omit", cache: "no-store", signal: AbortSignal.timeout?.(PATIENCE), ...how });
  } catch (problem) {
    throw new NoNetwork(problem.message);
  }
}

async function saidIn(answer) {
  const text = await answer.text().catch(() => "");
  if (text.startsWith("{")) return JSON.parse(text).error ?? "";
  return new DOMParser().parseFromString(text, "text/xml").querySelector("message")?.textContent ?? "";
}
