// A photo or a sound: photos are made small and bare before they are kept.
import Widget from "enketo-core/src/js/widget";
import { drawn, h } from "../dom.js";
import { smaller } from "../photo.js";
import { t } from "../words.js";
import { about } from "./open.js";

const MOST_BYTES = 10 * 1024 * 1024;

export class Picture extends Widget {
  static get selector() {
    return '.question input[type="file"]';
  }

  static get name() {
    return "Picture";
  }

  _init() {
    const accept = this.element.accept;
    const loaded = this.element.dataset.loadedFileName ?? "";
    this.isPhoto = accept.startsWith("image");
    this.element.type = "text"; // the name of the file is the answer; the file itself is held by about().files
    this.element.classList.add("hide");
    this.element.value = loaded;
    const input = h("input.ignore.sr", { type: "file", accept, tabindex: "-1", "aria-hidden": "true", onchange: () => this.taken(input) });
    this.shown = h("img.taken", { alt: t("photo_taken") });
    this.said = h("p.sub", { role: "status" });
    this.take = h("button.btn.second", { type: "button", onclick: () => input.click() }, drawn("camera"), t(this.isPhoto ? "take_photo" : "choose_file"));
    this.drop = h("button.btn.plain", { type: "button", onclick: () => this.keep("") }, t("remove"));
    this.element.after(h("div.widget.row", input, this.take, this.drop, this.shown, this.said));
    this.update();
  }

  async taken(input) {
    const [file] = input.files;
    if (!file) return;
    try {
      const blob = this.isPhoto ? await smaller(file) : file;
      if (blob.size > MOST_BYTES) throw new Error("too large");
      const name = `${crypto.randomUUID()}${this.isPhoto ? ".jpg" : file.name.slice(file.name.lastIndexOf("."))}`;
      await about().files.add(name, blob);
      this.keep(name);
    } catch (problem) {
      this.said.textContent = t(problem.name === "QuotaExceededError" ? "phone_full" : "photo_unusable");
    }
    input.value = "";
  }

  keep(name) {
    const before = this.originalInputValue;
    this.originalInputValue = name;
    if (before) about().files.drop(before);
    this.update();
  }

  update() {
    const name = this.originalInputValue;
    const blob = name ? about().files.get(name) : null;
    if (this.shown.src) URL.revokeObjectURL(this.shown.src);
    this.shown.hidden = !(blob && this.isPhoto);
    this.drop.hidden = !name;
    if (blob && this.isPhoto) this.shown.src = URL.createObjectURL(blob);
    else this.shown.removeAttribute("src");
    this.said.textContent = name && !this.isPhoto ? t("file_taken") : "";
  }
}
