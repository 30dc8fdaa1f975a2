"use strict";
// Sliders order the places again on the page itself. Without this file the same form asks the server, which also works out the intervals.
(() => {
  const table = document.getElementById("ranks");
  const form = document.getElementById("weights");
  if (!table || !form) return;
  const sliders = [...form.querySelectorAll("input[type=range]")];
  const lines = [...table.tBodies[0].rows];
  const inside = table.dataset.inside;
  const start = Number(table.dataset.start);
  let asked;

  const told = () => (asked ||= fetch(table.dataset.figures, { credentials: "same-origin" }).then((answer) => answer.json()));

  const shares = () => {
    const all = sliders.map((slider) => Number(slider.value));
    const sum = all.reduce((a, b) => a + b, 0);
    return sum ? all.map((one) => one / sum) : all.map(() => 1 / all.length);
  };

  const scored = (row, weights, least) => {
    let sum = 0, known = 0;
    row[4].forEach((one, n) => { if (one !== null) { sum += one * weights[n]; known += weights[n]; } });
    return { row, score: known >= least - 1e-9 ? sum / known : null };
  };

  const ranked = (rows, weights, least) => {
    const order = rows.map((row) => scored(row, weights, least));
    order.sort((a, b) => (b.score ?? -1) - (a.score ?? -1) || a.row[5] - b.row[5]);
    let rank = 0;
    order.forEach((one, n) => {
      if (one.score === null) { one.rank = 0; return; }
      if (!n || Math.abs(order[n - 1].score - one.score) > 1e-9) rank = n + 1;
      one.rank = rank;
    });
    return order;
  };

  const say = (line, one) => {
    const [key, name, parent, , , before] = one.row;
    const link = line.querySelector("th a");
    link.textContent = name;
    link.href = table.dataset.places.replace("/0/", `/${key}/`);
    line.querySelector("[data-parent]").textContent = parent;
    line.querySelector("[data-rank]").textContent = one.rank || "–";
    const moved = before && one.rank ? before - one.rank : 0;
    line.querySelector("[data-moved]").textContent = moved ? `${moved > 0 ? "▲" : "▼"} ${Math.abs(moved)}` : "";
    line.querySelector("[data-score]").textContent = one.score === null ? "–" : `${(one.score * 100).toFixed(1)}%`;
    line.querySelectorAll("[data-interval], [data-firm]").forEach((cell) => { cell.textContent = ""; });
  };

  const show = async () => {
    const weights = shares();
    sliders.forEach((slider, n) => { slider.parentElement.querySelector("output").textContent = `${Math.round(weights[n] * 100)}%`; });
    const { rows, least } = await told();
    const order = ranked(rows, weights, least).filter((one) => !inside || String(one.row[3]) === inside);
    lines.forEach((line, n) => { if (order[start + n]) say(line, order[start + n]); });
    document.getElementById("live").hidden = false;
  };

  form.addEventListener("input", show);
})();
