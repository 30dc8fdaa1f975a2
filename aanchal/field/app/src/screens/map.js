// The village map as the server drew it when the office was last reached; a house leads to its card.
import { h } from "../dom.js";
import * as frame from "../frame.js";
import * as kept from "../kept.js";
import { inLanguage, t } from "../words.js";

export async function map(code) {
  const [bundle, told, families] = [await kept.bundle(), await kept.map(code), await kept.families()];
  const village = bundle?.villages.find((one) => String(one.code) === code);
  const picture = h("figure.card.map-card");
  if (told) picture.append(document.adoptNode(new DOMParser().parseFromString(inLanguage(told.drawing), "text/html").querySelector("svg") ?? document.createTextNode("")));
  picture.addEventListener("click", (event) => {
    const house = event.target.closest("a.house");
    if (!house) return;
    event.preventDefault();
    const found = families.find((one) => house.getAttribute("href") === `#h-${one.code}`);
    if (found) frame.go(`#family/${found.id}`);
  });
  return {
    heading: `${t("my_map")}: ${inLanguage(village?.name)}`,
    content: [picture, h("p.sub", t(told ? "map_words" : "synced_never"))],
  };
}
