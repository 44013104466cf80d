// Served at /sw.js when offline reading is disabled: deletes the caches of an earlier worker and unregisters itself.
// Browsers check this address when they load a page, at least once a day.
"use strict";

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => {
  event.waitUntil(caches.keys()
    .then((names) => Promise.all(
      names.filter((name) => /^phucthuan-/.test(name)).map((name) => caches.delete(name))))
    .then(() => self.registration.unregister()));
});
