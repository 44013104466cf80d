// Counts this view and refreshes the visit numbers of the page. The page is the same for everyone and may be cached; the
// numbers are not.
"use strict";
(() => {
  const block = document.querySelector("[data-visits]");
  if (!block) {
    return;
  }

  const AWAY = 30 * 60_000; // a view after this time of inactivity starts a new visit
  const REFRESH = 60_000;
  const RETRY = 15_000;
  const MEMORY = "phucthuan.visits";
  const slug = block.dataset.visits;
  const address = "/api/visits" + (slug ? "/" + slug : "");
  let counted = !slug; // a list has no article to count
  let timer = 0;
  let asking = false;

  // Also rejects times in the future: the clock may have been set back.
  function isRecent(time) {
    return Math.abs(Date.now() - time) < AWAY;
  }

  // Views that this browser has reported: {seen: time, views: {slug: time}}. Null without storage (private mode, full
  // disk); the server then decides what is a repeat.
  function recall() {
    try {
      const memory = JSON.parse(localStorage.getItem(MEMORY)) ?? {};
      const views = Object.entries(memory.views ?? {}).filter(([, time]) => isRecent(time));
      return save({ seen: Number(memory.seen) || 0, views: Object.fromEntries(views) });
    } catch (error) {
      return error instanceof SyntaxError ? save({ seen: 0, views: {} }) : null;
    }
  }

  function save(memory) {
    try {
      localStorage.setItem(MEMORY, JSON.stringify(memory));
      return memory;
    } catch {
      return null;
    }
  }

  function remember(viewed) {
    const memory = recall();
    if (memory) {
      memory.seen = Date.now();
      if (viewed) {
        memory.views[slug] = memory.seen;
      }
      save(memory);
    }
  }

  async function ask() {
    const memory = recall();
    const counting = !counted && !(memory && Object.hasOwn(memory.views, slug));
    const query = counting && memory ? "?visit=" + !isRecent(memory.seen) : "";
    const response = await fetch(address + query, {
      method: counting ? "POST" : "GET",
      cache: "no-store",
      signal: AbortSignal.timeout(RETRY),
    });
    if (!response.ok) {
      throw new Error("HTTP " + response.status);
    }
    counted = true;
    if (slug) {
      remember(counting);
    }
    show(await response.json());
  }

  function show(numbers) {
    for (const place of block.querySelectorAll("[data-number]")) {
      // Same result as Intl.NumberFormat("vi-VN"), which is slow to load.
      place.textContent = String(numbers[place.dataset.number]).replace(/\B(?=(\d{3})+$)/g, ".");
    }
  }

  async function refresh() {
    clearTimeout(timer);
    if (asking || document.visibilityState !== "visible" || document.prerendering) {
      return; // in flight, or hidden: visibilitychange or prerenderingchange calls again
    }
    asking = true;
    let failed = false;
    try {
      await ask();
    } catch {
      failed = true;
    }
    asking = false;
    block.querySelector(".trouble").hidden = !failed;
    timer = setTimeout(refresh, failed ? RETRY : REFRESH);
  }

  document.addEventListener("visibilitychange", refresh);
  document.addEventListener("prerenderingchange", refresh);
  refresh();
})();
