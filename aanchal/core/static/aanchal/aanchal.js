"use strict";
// Small comforts on top of pages that work without them. Nothing is kept in the browser but the colour theme's cookie.
(() => {
  const root = document.documentElement;
  const all = (selector, scope = document) => scope.querySelectorAll(selector);
  const typing = (el) => el.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(el.tagName);

  const ready = (scope) => all("[data-close], [data-print]", scope).forEach((button) => { button.hidden = false; });
  ready(document);
  document.addEventListener("htmx:load", (event) => ready(event.target));

  const openMenus = () => all("details[data-menu][open]");
  document.addEventListener("click", (event) => {
    const target = event.target;
    openMenus().forEach((menu) => { if (!menu.contains(target)) menu.open = false; });
    if (target.closest("[data-close]")) target.closest(".toast").remove();
    if (target.closest("[data-print]")) window.print();
    const exit = target.closest("[data-exit]");
    if (exit) { event.preventDefault(); leave(exit); }
  });

  const leave = (link) => {
    document.body.hidden = true;
    window.location.replace(link.href);
  };

  // Pressed again while the first is on its way, a form would be booked twice.
  const PATIENCE = 5000;
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (event.timeStamp - (form.dataset.sentAt || -PATIENCE) < PATIENCE) event.preventDefault();
    else form.dataset.sentAt = event.timeStamp;
  });

  let escapes = 0;
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !typing(event.target) && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const find = document.getElementById("find");
      if (find) { event.preventDefault(); find.focus(); find.select(); }
    }
    if (event.key !== "Escape") { escapes = 0; return; }
    openMenus().forEach((menu) => { menu.open = false; menu.querySelector("summary").focus(); });
    const exit = document.querySelector("[data-exit]");
    if (exit && ++escapes === 3) leave(exit);
  });

  // The switch needs no round trip: the same cookie the server would set, then the page it would have sent.
  all("[data-theme-form]").forEach((form) => form.addEventListener("submit", (event) => {
    event.preventDefault();
    const theme = event.submitter.value;
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `theme=${theme}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
    root.dataset.theme = theme;
    form.querySelector(theme === "dark" ? ".to-light" : ".to-dark").focus();
  }));
})();
