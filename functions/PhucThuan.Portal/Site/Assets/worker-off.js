// Served at /sw.js where copies for reading without a line are switched off: removes what an earlier worker kept, and
// itself. Browsers ask for this address with each page, at the latest after a day.
"use strict";

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => {
  event.waitUntil(caches.keys()
    .then((names) => Promise.all(
      names.filter((name) => /^phucthuan-/.test(name)).map((name) => caches.delete(name))))
    .then(() => self.registration.unregister()));
});
