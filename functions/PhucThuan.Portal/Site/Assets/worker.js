// Service worker, served at /sw.js: caches the articles that were read, the home page and their files, and shows them
// offline. Network first: a copy is shown, with its age, only when the network fails or takes longer than
// NETWORK_LIMIT. Nothing else is cached: no numbers, no search, no drafts, no pages for editors.
"use strict";

const CACHE = "phucthuan-1"; // change the number with the format; activate deletes older caches
const INDEX = "/sw.js?kept"; // [{path, title, loaded, kept, size, files: {path: bytes}}], newest first
const HOME = "/";
const OFFLINE = "/doc-ngoai-tuyen";
const ALWAYS = [HOME, OFFLINE];
const isAlways = (page) => ALWAYS.includes(page.path);
const NETWORK_LIMIT = 4000; // milliseconds until a cached copy is shown instead of the pending response
const DAY = 86400000;
const MAX_AGE = 30 * DAY;
const MAX_PAGES = 30;
const MAX_BYTES = 15000000;
const MAX_FILE_BYTES = 1500000;
const MAX_FILES_OF_PAGE = 60;
const FILES = /^\/((assets|media)\/|bai-viet\/[^/]+\/anh$)/;
// Chromium's Accept header for pictures. The type of a picture depends on it, and with an equal header the response
// comes from the browser's cache.
const PICTURES = "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8";

let turn = Promise.resolve();
const adding = new Set(); // {address: bytes}: files that are being cached and are not yet in the index

// Serialises changes. A failed change (a full disk) does not affect the next ones.
function inTurn(action) {
  turn = turn.then(action).catch(() => {});
  return turn;
}

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(keepAlways());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(Promise.all([
    caches.keys().then((names) => Promise.all(
      names.filter((name) => /^phucthuan-/.test(name) && name !== CACHE).map((name) => caches.delete(name)))),
    self.registration.navigationPreload ? self.registration.navigationPreload.enable() : null,
    self.clients.claim(),
  ]));
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) {
    return;
  }
  if (event.request.mode !== "navigate") {
    if (FILES.test(url.pathname) && !event.request.headers.has("range")) {
      event.respondWith(openFile(event.request, url));
    }
  } else if (!/^\/(ban-|api\/|admin\/|runtime\/|media\/|assets\/|sw\.js)/.test(url.pathname)) {
    event.respondWith(openPage(event, url));
  } else if (event.preloadResponse) {
    // Secret addresses, APIs and files: uses the preload response, to avoid a second request.
    event.respondWith(ask(event));
  }
});

// {keep: path, files: [address]}: caches a loaded page and its files. {forget: true}: deletes the articles and confirms
// on the port.
self.addEventListener("message", (event) => {
  const { keep, files, forget } = Object(event.data);
  const page = event.source && new URL(event.source.url);
  if (forget) {
    event.waitUntil(inTurn(() => change((index) => index.filter(isAlways))).then(() => event.ports[0].postMessage(0)));
  } else if (page && page.pathname === keep && isKept(page)) {
    event.waitUntil(keepAlways().then(() => keepRead(keep, Array.isArray(files) ? files : [])).catch(() => {}));
  }
});

// True for articles (with any parameters, which social networks append), the page about offline reading, and the home
// page, but not for further pages of its list.
function isKept(url) {
  return (url.pathname === HOME && !/[?&]trang=/.test(url.search)) || url.pathname === OFFLINE
    || /^\/bai-viet\/[^/]+$/.test(url.pathname);
}

const sleep = (time) => new Promise((resolve) => {
  setTimeout(resolve, time);
});

const ask = (event) => Promise.resolve(event.preloadResponse).then((answer) => answer || fetch(event.request));

async function openPage(event, url) {
  const path = isKept(url) ? url.pathname : null;
  const network = ask(event);
  const noted = network.then((answer) => path && note(path, answer.clone()));
  event.waitUntil(noted.catch(() => {}));
  const copy = path && await find(path);
  if (!copy) {
    return network.catch(() => showMissing(url));
  }
  const answer = await Promise.race([network, sleep(NETWORK_LIMIT)]).catch(() => null);
  if (answer && answer.status < 500) {
    return answer;
  }
  event.waitUntil(noted.then(() => tellFresh(event.resultingClientId)).catch(() => {}));
  const reason = answer === undefined ? "slow" : navigator.onLine ? "failing" : "offline";
  const age = describe(Date.parse(copy.headers.get("Date")));
  return show(copy, 200, `${REASONS[reason]} Đây là bản lưu trên máy, tải về ${age}.`, url);
}

async function showMissing(url) {
  const page = await find(OFFLINE);
  const reason = navigator.onLine ? REASONS.failing : REASONS.offline;
  return page ? show(page, 503, `${reason} Trang vừa mở chưa được lưu trên máy này.`, url) : Response.error();
}

// A cached asset is always current, because its name contains a hash. Other files may have been replaced.
async function openFile(request, url) {
  const copy = await find(url.pathname + url.search);
  if (copy && url.pathname.startsWith("/assets/")) {
    return copy;
  }
  const network = fetch(request);
  if (!copy) {
    return network;
  }
  const answer = await Promise.race([network, sleep(NETWORK_LIMIT)]).catch(() => null);
  return answer && answer.status < 500 ? answer : copy;
}

async function find(path) {
  const cache = await caches.open(CACHE);
  return cache.match(path);
}

// Updates the cache with a response; deletes an article that was removed.
function note(path, answer) {
  if (answer.status === 404 || answer.status === 410) {
    return inTurn(() => change((index) => index.filter((page) => page.path !== path)));
  }
  return isPage(answer) ? keepPage(path, answer) : null;
}

const isPage = (answer) => answer.status === 200 && !answer.redirected
  && /^text\/html/.test(answer.headers.get("Content-Type")) && !/no-store/.test(answer.headers.get("Cache-Control"));

async function keepPage(path, answer) {
  const headers = new Headers(answer.headers); // including the Content Security Policy
  headers.delete("Content-Encoding");
  headers.delete("Content-Length");
  const text = await answer.text();
  const title = (/<h1[^>]*>([^<]+)/.exec(text) || [])[1];
  const loaded = Date.parse(headers.get("Date")) || Date.now();
  headers.set("Date", new Date(loaded).toUTCString());
  // Style sheet, scripts and icons; pictures are cached after the page has reported them.
  const assets = (text.match(/"\/assets\/[^"]+/g) || []).map((address) => address.slice(1));
  await inTurn(async () => {
    const cache = await caches.open(CACHE);
    await cache.put(path, new Response(text, { headers }));
    await change((index) => {
      const known = index.find((page) => page.path === path);
      const size = new Blob([text]).size;
      const page = { path, title, loaded, kept: Date.now(), size, files: known ? known.files : {} };
      return [page].concat(index.filter((other) => other.path !== path));
    });
  });
  await keepFiles(path, assets);
}

async function keepFiles(path, addresses) {
  const files = {};
  const cache = await caches.open(CACHE);
  const sizes = Object.assign({}, ...(await readIndex()).map((page) => page.files));
  adding.add(files);
  for (const address of addresses.slice(0, MAX_FILES_OF_PAGE)) {
    const url = new URL(address, location.origin);
    const name = url.pathname + url.search;
    if (url.origin === location.origin && FILES.test(url.pathname)) {
      files[name] = 0; // before the file is cached, so that the change of another page does not delete it
      files[name] = await cache.match(name) && sizes[name] || await keepFile(cache, name).catch(() => 0);
    }
  }
  await inTurn(() => change((index) => {
    adding.delete(files);
    const page = index.find((other) => other.path === path);
    if (page) {
      Object.keys(files).filter((name) => files[name]).forEach((name) => {
        page.files[name] = files[name];
      });
    }
    return index;
  }));
}

// Caches a file that the page has loaded, from the browser's cache. Returns its size in bytes; 0 if it is not cached.
async function keepFile(cache, name) {
  const headers = name.startsWith("/assets/") ? {} : { Accept: PICTURES };
  const answer = await fetch(name, { cache: "force-cache", headers }).catch(() => null);
  const size = answer && answer.status === 200 ? (await answer.clone().blob()).size : Infinity;
  if (size > MAX_FILE_BYTES) {
    return 0;
  }
  await cache.put(name, answer);
  return size;
}

// Caches a page that was opened before the worker was active, and the files of a page.
async function keepRead(path, files) {
  if (!await find(path)) {
    await load(path, "force-cache");
  }
  await keepFiles(path, files);
}

async function keepAlways() {
  const index = await readIndex();
  for (const path of ALWAYS) {
    const known = index.find((page) => page.path === path);
    if (!known || Date.now() - known.kept > DAY) {
      await load(path, "default").catch(() => {});
    }
  }
}

async function load(path, cache) {
  const answer = await fetch(path, { cache });
  if (isPage(answer)) {
    await keepPage(path, answer);
  }
}

async function readIndex() {
  const answer = await find(INDEX);
  return answer ? answer.json().catch(() => []) : [];
}

// Writes the index, then deletes entries that are no longer in it, except for those that are being added.
async function change(action) {
  const index = limit(action(await readIndex()));
  const cache = await caches.open(CACHE);
  await cache.put(INDEX, new Response(JSON.stringify(index), { headers: { "Content-Type": "application/json" } }));
  const files = index.map((page) => page.files).concat([...adding]);
  const wanted = new Set([INDEX].concat(index.map((page) => page.path), ...files.map((each) => Object.keys(each))));
  for (const request of await cache.keys()) {
    const url = new URL(request.url);
    if (!wanted.has(url.pathname + url.search)) {
      await cache.delete(request);
    }
  }
}

// The permanent pages and the most recent articles within the limits. A file of several pages is counted once.
function limit(index) {
  const seen = new Set();
  let pages = 0;
  let bytes = 0;
  return index.filter(isAlways).concat(index.filter((page) => !isAlways(page)))
    .filter((page) => {
      const names = Object.keys(page.files).filter((name) => !seen.has(name));
      const more = names.reduce((sum, name) => sum + page.files[name], page.size);
      const fits = isAlways(page)
        || (pages < MAX_PAGES && bytes + more <= MAX_BYTES && Date.now() - page.kept < MAX_AGE);
      if (fits) {
        pages += 1;
        bytes += more;
        names.forEach((name) => seen.add(name));
      }
      return fits;
    });
}

async function tellFresh(id) {
  const client = id && await self.clients.get(id);
  if (client) {
    client.postMessage(null); // later.js checks the cache
  }
}

const REASONS = {
  offline: "Không có kết nối mạng.",
  slow: "Mạng đang chậm.",
  failing: "Chưa kết nối được với cổng.",
};

// Marks the page as a copy. visits.js checks the attribute; later.js compares its time with that of the cached version.
async function show(copy, status, message, url) {
  const text = await copy.text();
  const address = (url.pathname + url.search).replace(/&/g, "&amp;");
  const note = `<p class="copy" lang="vi">${message} <a href="${address}">Tải lại trang</a>`
    + (status === 200 ? ` <a href="${OFFLINE}">Các bài đã lưu</a></p>` : "</p>");
  return new Response(text
    .replace("<html", () => `<html data-copy="${Date.parse(copy.headers.get("Date"))}"`)
    .replace(/<main[^>]*>/, (main) => main + note), { status, headers: copy.headers });
}

// Time in Viet Nam (UTC+7), and age.
function describe(time) {
  const [day, clock] = new Date(time + 7 * 3600000).toISOString().split("T");
  const hours = Math.floor(Math.max(0, Date.now() - time) / 3600000);
  const age = hours < 1 ? "chưa đến một giờ trước" : hours < 48 ? `${hours} giờ trước`
    : `${Math.floor(hours / 24)} ngày trước`;
  return `lúc ${clock.slice(0, 5)} ngày ${day.split("-").reverse().join("/")} (${age})`;
}
