// Keeps the app itself on the phone, so that it starts without a network. It sees no answers and no names: those are sealed in the app.
const NAME = "aanchal-" + "VERSION";
const FILES = ["FILES"];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(FILES)));
});

self.addEventListener("activate", (event) => {
  const old = (names) => Promise.all(names.filter((name) => name.startsWith("aanchal-") && name !== NAME).map((name) => caches.delete(name)));
  event.waitUntil(caches.keys().then(old).then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { pathname, origin } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  const kept = request.mode === "navigate" ? FILES[0] : pathname;
  if (!FILES.includes(kept) || (request.mode === "navigate" && pathname !== kept)) return;
  event.respondWith(caches.open(NAME).then((cache) => cache.match(kept)).then((found) => found || fetch(request)));
});
