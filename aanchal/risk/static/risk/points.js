// The sums of the points beside the fields, while they are changed. Without it, the server says what does not add up.
for (const form of document.querySelectorAll("[data-points-form]")) {
  const total = Number(form.dataset.total);
  const wrong = form.querySelector("[data-total-wrong]");
  const add = () => {
    let all = 0;
    for (const part of form.querySelectorAll("[data-part]")) {
      let sum = 0;
      for (const field of part.querySelectorAll("input[name^=points_]")) sum += Number(field.value) || 0;
      part.querySelector("[data-part-sum]").textContent = sum;
      all += sum;
    }
    form.querySelector("[data-total-sum]").textContent = all;
    wrong.hidden = all === total;
  };
  form.addEventListener("input", add);
  add();
}
