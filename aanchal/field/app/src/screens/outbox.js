// Drafts, what waits, and what the office says it has.
import { drawn, h } from "../dom.js";
import * as frame from "../frame.js";
import * as kept from "../kept.js";
import { items, progress } from "../outbox.js";
import * as store from "../store.js";
import * as sync from "../sync.js";
import * as vault from "../vault.js";
import { moment, number, t } from "../words.js";
import { saveSealed } from "./enrolment.js";

export async function drafts() {
  const found = (await vault.all("drafts")).sort((a, b) => b.at - a.at);
  return {
    heading: `${t("drafts")} (${number(found.length)})`,
    content: h("ul.list", found.map((draft) =>
      h(
        "li.card",
        h("a.row", { href: `#draft/${draft.id}` }, drawn("pencil"), h("b", draft.title)),
        h("p.sub", draft.about ? `${draft.about} · ` : "", moment(draft.at)),
        h("button.btn.plain", { type: "button", onclick: () => drop(draft) }, t("delete"), h("span.sr", `: ${draft.title}`)),
      ),
    )),
  };
}

async function drop(draft) {
  if (!window.confirm(t("delete_draft"))) return;
  for (const name of draft.files ?? []) await store.del("files", `${draft.id}/${name}`);
  await store.del("drafts", draft.id);
  await frame.again();
}

export async function outbox() {
  const place = h("div.stack");
  const draw = async () => vault.isOpen() && place.replaceChildren(...(await parts()));
  await draw();
  sync.told.addEventListener("change", draw);
  return { heading: t("sent_title"), content: place, leave: async () => sync.told.removeEventListener("change", draw) };
}

async function parts() {
  const [waiting, sent, at, bundle] = [await items(), await kept.sent(), await kept.read("round"), await kept.bundle()];
  const { is, why } = sync.current();
  const isSyncing = is === "SYNCING";
  return [
    is === "NO_NETWORK" ? h("p.note.warn", { role: "status" }, t("no_network")) : "",
    is === "ENDED" ? h("p.note.bad", { role: "status" }, t("ended"), why ? ` ${t("office_says", { words: why })}` : "") : "",
    is === "FULL" ? h("p.note.bad", { role: "status" }, t("full_words")) : "",
    is === "TROUBLE" ? h("p.note.bad", { role: "status" }, t("office_says", { words: why })) : "",
    h("button.btn.big", { type: "button", disabled: isSyncing, onclick: () => sync.round({ isForced: true }) }, drawn("send"), t(isSyncing ? "sending" : "send_now")),
    h("p.sub", at ? t("synced_at", { time: moment(at) }) : t("synced_never")),
    h("section.card", h("h2", `${t("waits_here")} (${number(waiting.length)})`), waiting.length ? h("ul.list", waiting.map(waitingLine)) : h("p", t("nothing_waits"))),
    waiting.length ? h("section.card.stack", h("p.sub", t("save_file_words")), h("button.btn.second", { type: "button", onclick: saveSealed }, drawn("download"), t("save_file"))) : "",
    h("section.card", h("h2", `${t("office_has")} (${number(Math.max(bundle?.counts.received ?? 0, sent.total))})`), h("ul.list", sent.last.slice(0, 20).map((one) => h("li", h("b", one.title), h("p.sub", t("sent_on", { time: moment(one.sent) })))))),
    h("button.btn.grave", { type: "button", onclick: erase }, t("erase")),
  ].filter(Boolean);
}

function waitingLine(item) {
  const { done, of } = progress(item);
  return h(
    "li",
    h("b", item.title),
    item.about ? h("span.sub", ` ${item.about}`) : "",
    h("progress", { value: done, max: of, "aria-label": item.title }),
    h("p.sub", t("parts", { done: number(done), of: number(of) }), " · ", moment(item.at)),
    item.why ? h("p.note.bad", t("office_says", { words: item.why })) : "",
    item.isXmlSent ? "" : h("a.btn.plain", { href: `#draft/${item.id}` }, t("edit"), h("span.sr", `: ${item.title}`)),
  );
}

async function erase() {
  if (!window.confirm(t("erase_sure"))) return;
  await sync.round({ isForced: true });
  await vault.erase();
  location.replace(location.pathname);
  location.reload();
}
