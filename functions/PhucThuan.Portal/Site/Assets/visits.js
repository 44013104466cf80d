// Counts this view and keeps the numbers of the page current. The page is the same for every reader and may come from
// any cache; the numbers never do. Runs on browsers of 2018: OldBrowserTests checks syntax and APIs.
"use strict";
(() => {
  const block = document.querySelector("[data-visits]");
  if (!block || !window.fetch) {
    return; // reading.js shows the picture instead
  }

  const AWAY = 30 * 60000; // after this time without a sign of the reader, a view starts a new visit
  const BEHIND = 5 * 60000; // no instance is longer behind the others; a correction of the total shows after it
  const FIRST_PAUSE = 120000; // each request is billed as a second of an instance
  const LONGEST_PAUSE = 240000; // a reader is online for five minutes after the last request
  const RETRY = 15000;
  const LOCK_PATIENCE = 3000; // a window that the system froze must not block the others
  const LOCK_HOLD = 250; // until what one window wrote can be read in all windows
  const UNSENT = 7 * 86400000; // a view that was read without a line and never sent waits so long for one
  const MAX_WAITING = 20;
  const MEMORY = "phucthuan.visits";
  const slug = block.dataset.visits;
  const referrer = document.referrer.split("/")[2] || ""; // host of the page that linked here; empty when not told
  let counted = !slug; // a list has no article to count
  let from = referrer === location.host ? "" : referrer; // only the first visit of this page came from there
  let unkept = null; // the view of this page, where the browser keeps nothing
  let begun = ""; // the id of this page's view
  let looked = Date.now(); // when a reader was last known to look at this page
  let isLooking = false;
  let asking = null;
  let answered = -Infinity; // when the numbers shown came
  let pause = FIRST_PAUSE;
  let timer = 0;

  // Times ahead of the clock are not trusted: the clock may have been set back.
  const isWithin = (span, time) => Math.abs(Date.now() - time) < span;

  // {seen: time, views: {slug: time}, waiting: [{id, slug, visit, from, time, sent}], top: {total, time}}: when the
  // reader was last here, the views begun in the last half hour, those without an answer, the largest total of late.
  // Null where nothing can be kept (private mode, full disk): the server's memory then decides what is a repeat.
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

  // The view of this page, noted before it is sent: a reload, another window and another page send it under the same
  // id, which the server knows for an hour. Undefined when it has been counted.
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

  // Of windows that open at once, each may overwrite what another noted. All send what is left. A note reaches windows
  // in other processes late when the machine is slow.
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
      sleep(LOCK_PATIENCE).then(withoutLock);
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
    // An article that is gone is an answer, too: its view is not sent again.
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
      counted = false; // a return is what a reload is
      unkept = null;
      begun = "";
      from = "";
      pause = FIRST_PAUSE;
    }
    looked = Date.now();
    const view = counted ? null : await beginAlone();
    if (view && ("copy" in document.documentElement.dataset || navigator.onLine === false)) {
      await send("GET", ""); // without a line the view stays unsent, and the server need not remember it for days
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

  // Instances know each other's counts seconds later. A reader must not see the total fall when another one answers.
  function keepTotal(numbers) {
    change((memory) => {
      if (isWithin(BEHIND, memory.top.time) && memory.top.total > numbers.total) {
        numbers.total = memory.top.total;
      } else {
        memory.top = { total: numbers.total, time: Date.now() };
      }
    });
  }

  // Views of other pages whose answers were lost, because their readers went on.
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
        // As Intl.NumberFormat("vi-VN") does, which takes longer to load than all else that happens here.
        place.textContent = String(numbers[place.dataset.number]).replace(/\B(?=(\d{3})+$)/g, ".");
      }
    }
  }

  async function refresh() {
    if (asking || !isLooking) {
      return; // the answer is on its way, or nobody looks and the next look starts anew
    }
    const turn = {};
    asking = turn;
    const failed = await ask().then(() => false, () => true);
    if (!failed) {
      sendWaiting().catch(() => {}); // whoever shows a page next tries again
    }
    if (asking !== turn) {
      return; // this page was put away meanwhile
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
    // Not when the device has slept in between, nor before this view is noted: the next view may start a visit.
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
      asking = null; // what was under way when the page was put away may never end
      look();
    }
  });
  document.documentElement.dataset.script = document.documentElement.dataset.script || "";
  block.dataset.live = "";
  look();
})();
