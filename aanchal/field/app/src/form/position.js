// A position of the phone, shifted before it is written where it is of a house.
import Widget from "enketo-core/src/js/widget";
import { drawn, h } from "../dom.js";
import { markOf, shifted } from "../shift.js";
import { t } from "../words.js";
import { about } from "./open.js";

const PATIENCE = { enableHighAccuracy: true, timeout: 60_000, maximumAge: 0 };
const LEAST_ACCURACY = 30;

export class Position extends Widget {
  static get selector() {
    return '.question input[data-type-xml="geopoint"]';
  }

  static get name() {
    return "Position";
  }

  _init() {
    this.element.classList.add("hide");
    this.said = h("p.sub", { role: "status" });
    this.take = h("button.btn.second", { type: "button", onclick: () => this.find() }, drawn("map-pin"), t("take_position"));
    this.drop = h("button.btn.plain", { type: "button", onclick: () => this.keep("") }, t("remove"));
    this.element.after(h("div.widget.row", this.take, this.drop, this.said));
    this.update();
  }

  async find() {
    this.said.textContent = t("finding_position");
    try {
      const { coords } = await new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject, PATIENCE));
      this.keep(await written(coords));
    } catch (problem) {
      this.said.textContent = t(problem.code === 1 ? "position_forbidden" : "no_position");
    }
  }

  keep(value) {
    this.originalInputValue = value;
    this.update();
  }

  update() {
    const value = this.originalInputValue;
    this.drop.hidden = !value;
    this.said.textContent = value ? t("position_taken", { metres: Math.round(Number(value.split(" ")[3])) }) : "";
  }
}

/** The exact position of a house is never written anywhere, not even into a draft. */
async function written({ longitude, latitude, accuracy }) {
  const { secret, house, areHousesShifted } = about();
  if (!areHousesShifted) return `${latitude.toFixed(6)} ${longitude.toFixed(6)} 0 ${accuracy.toFixed(1)}`;
  const [east, north] = shifted(longitude, latitude, await markOf(secret, house()));
  return `${north} ${east} 0 ${Math.max(LEAST_ACCURACY, accuracy).toFixed(1)}`;
}
