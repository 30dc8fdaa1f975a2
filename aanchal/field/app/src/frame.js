// What stands around every screen: the head with the sync badge, and the way from one screen to the next.
import { drawn, h } from "./dom.js";
import * as kept from "./kept.js";
import { families, family } from "./screens/families.js";
import { draft, fill } from "./screens/fill.js";
import { home } from "./screens/home.js";
import { map } from "./screens/map.js";
import { drafts, outbox } from "./screens/outbox.js";
import { tasks } from "./screens/tasks.js";
import * as server from "./server.js";
import * as store from "./store.js";
import * as sync from "./sync.js";
import * as vault from "./vault.js";
import { choose, current, isChosen, LANGUAGES, moment, number, t } from "./words.js";

const main = document.getElementById("main");
const head = document.getElementById("app-head");
const toasts = document.getElementById("toasts");

const SCREENS = { home, families, family, tasks, fill, draft, drafts, outbox, map };
let leave = async () => {};
let drawnFor = 0;
let onLanguage = null;

export async function begin() {
  const bundle = await kept.bundle();
  if (bundle && !isChosen()) choose(bundle.worker.language);
  speakBy(null);
  addEventListener("hashchange", show);
  sync.told.addEventListener("change", drawHead);
  await show();
}

/** Opens what the address names: #family/ID. A screen gives {heading, content, leave}. */
async function show() {
  const turn = ++drawnFor;
  const [name, ...rest] = location.hash.slice(1).split("/").map(decodeURIComponent);
  const known = SCREENS[name] ? name : "home";
  await leave();
  leave = async () => {};
  try {
    const screen = await SCREENS[known](...rest);
    if (turn !== drawnFor) return;
    leave = screen.leave ?? leave;
    main.replaceChildren(...[known === "home" ? null : crumb(screen), h("h1", { tabindex: "-1" }, screen.heading), screen.content].flat().filter(Boolean));
    retitle(screen.heading);
    scrollTo(0, 0);
    await drawHead();
    await screen.shown?.();
  } catch (problem) {
    trouble(problem);
  }
}

const crumb = (screen) => h("p.crumbs", h("a", { href: screen.back ?? "#home" }, "‹ ", t(screen.back ? "back" : "home")));

export const again = () => show();
export const go = (hash) => (location.hash === hash ? show() : (location.hash = hash));

export function say(key, values, kind = "success") {
  const close = h("button.close", { type: "button", "aria-label": t("done"), onclick: () => line.remove() }, "×");
  const line = h(`div.toast.${kind}`, h("p", t(key, values)), close);
  toasts.replaceChildren(line);
}

export function trouble(problem) {
  if (problem?.name === "QuotaExceededError") say("full_words", {}, "error");
  else say("trouble", { why: problem?.message ?? String(problem) }, "error");
}

export async function drawHead() {
  const isOpen = vault.isOpen();
  const chooser = h(
    "select.input",
    { "aria-label": t("language"), onchange: (event) => speak(event.target.value) },
    Object.entries(LANGUAGES).map(([tag, name]) => h("option", { value: tag, lang: tag, selected: tag === current() }, name)),
  );
  chooser.value = current();
  head.replaceChildren(
    h("a.brand", { href: isOpen ? "#home" : null }, drawn("logo"), h("span", t("aanchal"))),
    isOpen ? await badge() : "",
    chooser,
    isOpen ? h("button.tool", { type: "button", onclick: lock, "aria-label": t("close_app") }, drawn("lock")) : "",
  );
}

/** What waits and when the office was last reached; pressing it tells more. */
async function badge() {
  const { is } = sync.current();
  const waiting = await store.count("outbox");
  const at = await kept.read("round");
  const said = is === "SYNCING" ? t("sending") : at ? t("synced_at", { time: moment(at) }) : t("synced_never");
  return h(
    `a.badge.${is.toLowerCase()}`,
    { href: "#outbox", "aria-label": `${t("waits_here")}: ${waiting}. ${said}` },
    drawn("refresh-cw"),
    h("b", number(waiting)),
  );
}

export function retitle(heading) {
  main.querySelector("h1").textContent = heading;
  document.title = `${heading} · ${t("aanchal")}`;
}

/** A screen that must not be drawn anew when the language changes (a form) says what to do instead. */
export const speakBy = (then) => (onLanguage = then);

async function speak(language) {
  choose(language);
  if (onLanguage) {
    onLanguage(language);
    await drawHead();
  } else await show();
}

/** What was typed is in a draft; the key leaves the memory with the page. */
export async function lock() {
  await leave();
  await vault.close();
  location.replace(location.pathname);
  location.reload();
}

/** The posting or the phone has ended: the lists go, her own unsent work stays, sealed under her PIN. */
export async function dropWhatIsNoLongerHers() {
  for (const id of await store.ids("kept")) {
    if (/^(families|form\/|map\/)/.test(id)) await store.del("kept", id);
  }
  kept.forget();
  server.hold(await kept.token());
  say("ended", {}, "error");
}

