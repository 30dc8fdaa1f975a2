// Starts the app: enrol, open with the PIN, or go on; then the screen that the address names.
import "./app.css";
import * as frame from "./frame.js";
import * as kept from "./kept.js";
import * as outbox from "./outbox.js";
import * as enrolment from "./screens/enrolment.js";
import * as server from "./server.js";
import * as sync from "./sync.js";
import * as vault from "./vault.js";
import { forgetChoice } from "./words.js";

const EVERY = 300_000;
const IDLE = 600_000;
let lastTouch = Date.now();

function tokenInAddress() {
  const told = new URLSearchParams(location.hash.slice(1)).get("token");
  if (told) history.replaceState(null, "", location.pathname);
  return told;
}

async function start() {
  const token = tokenInAddress();
  if (!(await vault.isEnrolled())) return token ? enrolment.enrol(token, opened) : enrolment.welcome();
  if (await eraseIfAsked()) return enrolment.welcome("erased");
  return enrolment.unlock({ then: (pin) => opened(token, pin), wrong: () => erase("erased_wrong") });
}

/** A phone in the wrong hands is never opened: it must learn by itself that it is to be erased. */
async function eraseIfAsked() {
  const device = await vault.device();
  const isAsked = await Promise.race([server.isWipeAsked(device).catch(() => false), new Promise((go) => setTimeout(go, 4_000, false))]);
  if (!isAsked) return false;
  await vault.erase();
  await server.tellWiped(device).catch(() => {});
  return true;
}

async function opened(token) {
  if (token) await enrolledAgain(token);
  server.hold(await kept.token());
  await frame.begin();
  navigator.storage?.persist?.();
  keepInStep();
}

/** A phone that was ended and enrolled anew goes on with what it holds. */
async function enrolledAgain(token) {
  await kept.write("token", { token });
  server.hold(token);
  const answer = await server.fetched("device").catch(() => null);
  if (answer) await vault.becomes(answer.told.id);
}

function keepInStep() {
  const go = () => document.visibilityState === "visible" && vault.isOpen() && sync.round();
  addEventListener("online", go);
  setInterval(go, EVERY);
  for (const sign of ["pointerdown", "keydown"]) addEventListener(sign, () => (lastTouch = Date.now()), { passive: true });
  const lock = () => Date.now() - lastTouch > IDLE && frame.lock();
  document.addEventListener("visibilitychange", lock);
  setInterval(lock, 30_000);
  setTimeout(go, 1_500);
}

let erasing = false;
/** Asked by the office: first what waits is sent, if this phone may still send; then everything goes. */
server.onWipe(async () => {
  if (erasing) return;
  erasing = true;
  await outbox.send(() => {}, { isForced: true }).catch(() => {});
  const device = await vault.device();
  await erase("erased");
  await server.tellWiped(device).catch(() => {});
});

async function erase(why) {
  await vault.erase();
  kept.forget();
  server.hold("");
  forgetChoice();
  await enrolment.welcome(why);
}

let hasEnded = false;
sync.told.addEventListener("change", async () => {
  if (hasEnded || sync.current().is !== "ENDED" || !vault.isOpen()) return;
  hasEnded = true;
  await frame.dropWhatIsNoLongerHers();
});

start().catch((problem) => frame.trouble(problem));
if ("serviceWorker" in navigator) {
  const register = () => navigator.serviceWorker.register(new URL("../field/sw.js", document.baseURI), { scope: new URL("../field/", document.baseURI).pathname });
  if (document.readyState === "complete") register();
  else addEventListener("load", register);
}
