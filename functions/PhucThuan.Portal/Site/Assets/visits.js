// Counts this view and updates the numbers on the page. They are not in the HTML, which is the same for all readers and
// may come from a cache. Runs in browsers of 2018: OldBrowserTests checks syntax and APIs.
"use strict";
(() => {
  const block = document.querySelector("[data-visits]");
  if (!block || !window.fetch) {
    return; // reading.js shows the picture instead
  }

  const AWAY = 30 * 60000; // after this time without activity, a view starts a new visit
  const BEHIND = 5 * 60000; // maximum lag between instances; a correction that lowers the total is shown after it
  const FIRST_PAUSE = 120000; // long, because each request is billed as a second of an instance
  const LONGEST_PAUSE = 240000; // a reader is online for five minutes after the last request
  const RETRY = 15000;
  const LOCK_LIMIT = 3000; // a window that was frozen by the system must not block the others
  const LOCK_HOLD = 250; // delay until all windows can read what one window has written
  const UNSENT = 7 * 86400000; // how long an unsent view of an offline reader is kept
  const MAX_WAITING = 20;
  const MEMORY = "phucthuan.visits";
  const slug = block.dataset.visits;
  const referrer = document.referrer.split("/")[2] || ""; // host of the referring page; empty when unknown
  let counted = !slug; // a list has no article to count
  let from = referrer === location.host ? "" : referrer; // sent only with the first visit of this page
  let unkept = null; // the view of this page, if the browser cannot store it
  let begun = ""; // the id of this page's view
  let looked = Date.now(); // when the page was last known to be visible
  let isLooking = false;
  let asking = null;
  let answered = -Infinity; // when the displayed numbers arrived
  let pause = FIRST_PAUSE;
  let timer = 0;

  // False for times in the future, too: the clock may have been set back.
  const isWithin = (span, time) => Math.abs(Date.now() - time) < span;

  // {seen: time, views: {slug: time}, waiting: [{id, slug, visit, from, time, sent}], top: {total, time}}: time of the
  // last activity, views of the last half hour, views without a response, highest recent total. Null when the browser
  // cannot store it (private mode, full disk); the server then detects repeated views.
  function recall() {
    let memory = null;
    try {
      memory = JSON.parse(localStorage.getItem(MEMORY));
    } catch (error) {
      if (!(error instanceof SyntaxError)) {
        return null;
      }
    }
    const { seen, views, waiting, top } = Object(memory);
    const recent = Object.keys(Object(views)).filter((name) => isWithin(AWAY, views[name]));
    return save({
      seen: Number(seen) || 0,
      views: recent.reduce((kept, name) => Object.assign(kept, { [name]: views[name] }), {}),
      top: Object(top),
      waiting: (Array.isArray(waiting) ? waiting : [])
        .filter((view) => view && /^[\w-]{16,32}$/.test(view.id)
          && isWithin(view.sent === false ? UNSENT : AWAY, view.time)).slice(-MAX_WAITING),
    });
  }

  function save(memory) {
    try {
      localStorage.setItem(MEMORY, JSON.stringify(memory));
      return memory;
    } catch (error) {
      return null;
    }
  }

  function change(action) {
    const memory = recall();
    if (memory) {
      action(memory);
      save(memory);
    }
  }

  function newId() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return btoa(String.fromCharCode.apply(null, bytes)).replace(/\+/g, "-").replace(/\//g, "_").slice(0, 22);
  }

  // The view of this page, stored before it is sent, so that a reload, another window or another page sends it with the
  // same id, which the server recognises for an hour. Undefined when it has been counted.
  function begin() {
    const memory = recall();
    if (!memory) {
      unkept = unkept || { id: newId(), slug, from };
      return unkept;
    }
    const known = memory.waiting.find((view) => view.id === begun || (view.slug === slug && isWithin(AWAY, view.time)));
    if (known || Object.prototype.hasOwnProperty.call(memory.views, slug)) {
      return known;
    }
    const time = Date.now();
    const view = { id: newId(), slug, visit: !isWithin(AWAY, memory.seen), from, time, sent: false };
    begun = view.id;
    memory.seen = time;
    memory.views[slug] = time;
    memory.waiting.push(view);
    save(memory);
    return view;
  }

  const sleep = (time) => new Promise((resolve) => { setTimeout(resolve, time); });

  // Windows that open at the same time may overwrite each other's view. Each one waits until its view is stable, so
  // that all send the same one. On a slow machine, windows in other processes see a change late.
  async function beginWithoutLock() {
    let view = begin();
    for (let id = null; view && view !== unkept && view.id !== id; view = begin()) {
      id = view.id;
      await sleep(LOCK_HOLD * (1 + Math.random()));
    }
    return view;
  }

  function beginAlone() {
    if (!navigator.locks) {
      return beginWithoutLock();
    }
    return new Promise((resolve) => {
      let waits = true;
      const first = (action) => () => {
        if (waits) {
          waits = false;
          resolve(action());
        }
      };
      const withLock = first(begin);
      const withoutLock = first(beginWithoutLock);
      sleep(LOCK_LIMIT).then(withoutLock);
      Promise.resolve().then(() => navigator.locks.request(MEMORY, () => {
        withLock();
        return sleep(LOCK_HOLD);
      })).catch(withoutLock);
    });
  }

  async function send(method, path) {
    const controller = window.AbortController && new AbortController();
    const options = Object.assign(
      { method, cache: "no-store", credentials: "same-origin" }, controller && { signal: controller.signal });
    const late = sleep(RETRY).then(() => {
      if (controller) {
        controller.abort();
      }
      throw new Error("timeout");
    });
    const response = await Promise.race([fetch("/api/visits" + path, options), late]);
    // A 404 or 410 is a valid response, too: the view is not sent again.
    return { status: response.status, numbers: response.ok ? await Promise.race([response.json(), late]) : null };
  }

  function query(fields) {
    if (navigator.webdriver) {
      fields.push("webdriver=true");
    }
    return fields.length ? "?" + fields.join("&") : "";
  }

  async function sendView(view) {
    change((memory) => memory.waiting.filter((other) => other.id === view.id).forEach((note) => {
      Object.assign(note, { time: Date.now(), sent: true });
    }));
    const fields = typeof view.visit === "boolean" ? ["visit=" + view.visit] : [];
    if (view.from && view.visit !== false) {
      fields.push("from=" + encodeURIComponent(view.from));
    }
    const answer = await send("POST", "/" + encodeURIComponent(view.slug) + query(fields.concat("view=" + view.id)));
    if (answer.numbers || answer.status === 404 || answer.status === 410) {
      change((memory) => {
        memory.waiting = memory.waiting.filter((other) => other.id !== view.id);
      });
    }
    return answer;
  }

  async function ask() {
    if (slug && !isWithin(AWAY, looked)) {
      counted = false; // a returning reader counts like a reload
      unkept = null;
      begun = "";
      from = "";
      pause = FIRST_PAUSE;
    }
    looked = Date.now();
    const view = counted ? null : await beginAlone();
    if (view && ("copy" in document.documentElement.dataset || navigator.onLine === false)) {
      await send("GET", ""); // test the connection: a view that has never been sent can be kept for days
    }
    const path = slug ? "/" + encodeURIComponent(slug) : "";
    const answer = view ? await sendView(view) : await send("GET", path + query([]));
    if (!answer.numbers) {
      throw new Error("HTTP " + answer.status);
    }
    counted = true;
    answered = Date.now();
    if (slug) {
      noteSeen();
    }
    keepTotal(answer.numbers);
    show(answer.numbers);
  }

  function noteSeen() {
    looked = Date.now();
    change((memory) => { memory.seen = looked; });
  }

  // Instances learn of each other's counts late: the total must not decrease when another one responds.
  function keepTotal(numbers) {
    change((memory) => {
      if (isWithin(BEHIND, memory.top.time) && memory.top.total > numbers.total) {
        numbers.total = memory.top.total;
      } else {
        memory.top = { total: numbers.total, time: Date.now() };
      }
    });
  }

  // Sends views of other pages that have no response, because the reader left the page.
  async function sendWaiting() {
    const memory = recall();
    for (const view of memory ? memory.waiting : []) {
      if (!(await sendView(view)).numbers) {
        return;
      }
    }
  }

  function show(numbers) {
    for (const place of block.querySelectorAll("[data-number]")) {
      if (place.dataset.number in numbers) {
        // Not Intl.NumberFormat("vi-VN"), which takes longer to load than everything else in this script.
        place.textContent = String(numbers[place.dataset.number]).replace(/\B(?=(\d{3})+$)/g, ".");
      }
    }
  }

  async function refresh() {
    if (asking || !isLooking) {
      return; // a request is pending, or the page is hidden and refreshes when it becomes visible
    }
    const turn = {};
    asking = turn;
    const failed = await ask().then(() => false, () => true);
    if (!failed) {
      sendWaiting().catch(() => {}); // the next page retries
    }
    if (asking !== turn) {
      return; // the page was in the back/forward cache in the meantime
    }
    asking = null;
    block.querySelector(".trouble").hidden = !failed;
    schedule(failed ? RETRY : pause);
    pause = failed ? pause : Math.min(pause + FIRST_PAUSE, LONGEST_PAUSE);
  }

  function schedule(time) {
    clearTimeout(timer);
    timer = isLooking ? setTimeout(refresh, time) : 0;
  }

  function look() {
    const wasLooking = isLooking;
    isLooking = document.visibilityState === "visible" && !document.prerendering;
    if (isLooking && !wasLooking) {
      if (isWithin(FIRST_PAUSE, answered)) {
        schedule(FIRST_PAUSE - (Date.now() - answered));
      } else {
        refresh();
      }
    } else if (!isLooking && wasLooking) {
      leave();
    }
  }

  function leave() {
    isLooking = false;
    clearTimeout(timer);
    // Not after the device has slept, nor before this view is stored: the next view may start a visit.
    if (slug && counted && isWithin(AWAY, looked)) {
      noteSeen();
    }
  }

  window.addEventListener("online", refresh);
  document.addEventListener("visibilitychange", look);
  document.addEventListener("prerenderingchange", look);
  window.addEventListener("pagehide", () => isLooking && leave());
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) {
      asking = null; // a request that was pending in the back/forward cache may never end
      look();
    }
  });
  document.documentElement.dataset.script = document.documentElement.dataset.script || "";
  block.dataset.live = "";
  look();
})();
