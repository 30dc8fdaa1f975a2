// Before the app is open: how to enrol, the PIN, what is left after everything was erased.
import { drawn, h } from "../dom.js";
import * as frame from "../frame.js";
import * as kept from "../kept.js";
import { fileOf } from "../seal.js";
import * as server from "../server.js";
import * as store from "../store.js";
import * as sync from "../sync.js";
import * as vault from "../vault.js";
import { t } from "../words.js";

const main = document.getElementById("main");

/** `anew`: what draws it in another language. */
function draw(anew, heading, ...content) {
  frame.speakBy(anew);
  frame.drawHead();
  main.replaceChildren(h("h1", heading), h("section.card.stack", content));
}

/** `why`: what has just happened to this phone. */
export async function welcome(why = "") {
  const left = await store.count("sealed");
  draw(
    () => welcome(why),
    t("enrol_title"),
    why ? h("p.note.warn", { role: "status" }, t(why)) : "",
    left ? h("div.note.stack", h("p", t("sealed_left", { n: left })), saveButton()) : "",
    h("p", t("enrol_how")),
  );
}

const saveButton = () => h("button.btn.second", { type: "button", onclick: saveSealed }, drawn("download"), t("save_file"));

/** Every filled form that the office has not acknowledged, as one file; each is sealed for the office alone. */
export async function saveSealed() {
  const items = (await store.all("sealed")).sort((a, b) => a.at - b.at).map((row) => row.item);
  const address = URL.createObjectURL(fileOf(items));
  const name = `aanchal-${new Date().toISOString().slice(0, 10)}.sealed`;
  h("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

function pinField(id, label) {
  const field = { id, type: "password", inputmode: "numeric", autocomplete: "off", required: true, "aria-describedby": "pin-said" };
  return h("div.field", h("label", { for: id }, label), h("input.input", field));
}

const form = (submit, ...fields) =>
  h("form.form.stack", { onsubmit: (event) => (event.preventDefault(), submit(event.target)) }, fields, h("p.error", { id: "pin-said", role: "alert" }));

const saidAt = (element, words) => (element.querySelector("#pin-said").textContent = words);

export async function enrol(token, then) {
  server.hold(token);
  draw(
    () => enrol(token, then),
    t("choose_pin"),
    h("p", t("pin_why")),
    form(
      (element) => chosen(element, token, then),
      pinField("pin", t("pin")),
      pinField("again", t("pin_again")),
      h("button.btn.big", { type: "submit" }, t("start")),
    ),
  );
}

async function chosen(element, token, then) {
  const pin = element.querySelector("#pin").value;
  const wrong = faultOf(pin, element.querySelector("#again").value);
  if (wrong) return saidAt(element, t(wrong));
  const button = element.querySelector("button");
  button.disabled = true;
  try {
    const { told } = await server.fetched("device");
    if (!told.may_send) throw new server.Ended("");
    await vault.enrol(pin, told.id);
    await kept.write("token", { token });
    draw(() => {}, t("enrol_title"), h("p", { role: "status" }, t("first_round")), h("progress"));
    await sync.round();
    await then(token);
  } catch (problem) {
    button.disabled = false;
    saidAt(element, t(problem instanceof server.NoNetwork ? "no_network_enrol" : "not_known_phone"));
  }
  return undefined;
}

export function faultOf(pin, again) {
  if (pin.length < vault.SHORTEST_PIN) return "pin_short";
  if (pin !== again) return "pin_differs";
  const steps = new Set([...pin].slice(1).map((letter, at) => letter.charCodeAt(0) - pin.charCodeAt(at)));
  return steps.size === 1 && Math.abs([...steps][0]) <= 1 ? "pin_easy" : "";
}

export async function unlock({ then, wrong }) {
  draw(
    () => unlock({ then, wrong }),
    t("pin"),
    form((element) => tried(element, then, wrong), pinField("pin", t("pin")), h("button.btn.big", { type: "submit" }, t("unlock"))),
  );
  main.querySelector("#pin").focus();
  const until = await vault.waitsUntil();
  if (until > Date.now()) saidAt(main.querySelector("form"), waitWords(until));
}

const waitWords = (until) => t("pin_wait", { time: new Date(until).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }) });

async function tried(element, then, wrong) {
  const button = element.querySelector("button");
  const pin = element.querySelector("#pin");
  button.disabled = true;
  try {
    await vault.unlock(pin.value);
  } catch (problem) {
    button.disabled = false;
    pin.value = "";
    if (problem instanceof vault.TooSoon) return saidAt(element, waitWords(problem.waitUntil));
    if (problem.left <= 0) return wrong();
    return saidAt(element, [t("pin_wrong", { left: problem.left }), problem.waitUntil ? waitWords(problem.waitUntil) : ""].join(" "));
  }
  return then();
}
