// Counts this view and keeps the numbers of the page alive. The page itself is the same for everyone and may come from
// any cache; the numbers never do.
"use strict";
(() => {
  const block = document.querySelector("[data-visits]");
  if (!block) {
    return;
  }

  const AWAY = 30 * 60_000; // after this time without a sign of the reader, a view starts a new visit
  const REFRESH = 60_000;
  const RETRY = 15_000;
  const MEMORY = "phucthuan.visits";
  const slug = block.dataset.visits;
  const address = "/api/visits" + (slug ? "/" + slug : "");
  const number = new Intl.NumberFormat("vi-VN");
  let counted = !slug; // a list has no article to count
  let timer = 0;
  let asking = false;

  // What this browser has told already: {seen: time, views: {slug: time}}. Without storage (private mode, a full disk)
  // each page load counts.
  function recall() {
    try {
      const memory = JSON.parse(localStorage.getItem(MEMORY)) ?? {};
      const views = Object.entries(memory.views ?? {}).filter(([, time]) => Date.now() - time < AWAY);
      return { seen: Number(memory.seen) || 0, views: Object.fromEntries(views) };
    } catch {
      return { seen: 0, views: {} };
    }
  }

  function remember(viewed) {
    try {
      const memory = recall();
      memory.seen = Date.now();
      if (viewed) {
        memory.views[slug] = memory.seen;
      }
      localStorage.setItem(MEMORY, JSON.stringify(memory));
    } catch {
      // Nothing is lost but the memory.
    }
  }

  async function ask() {
    const memory = recall();
    const counting = !counted && !(slug in memory.views);
    const returning = Date.now() - memory.seen < AWAY;
    const response = await fetch(counting && returning ? address + "?visit=false" : address, {
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
      place.textContent = number.format(numbers[place.dataset.number]);
    }
  }

  async function refresh() {
    clearTimeout(timer);
    if (asking || document.visibilityState !== "visible" || document.prerendering) {
      return; // the answer is on its way, or nobody reads now and visibilitychange or prerenderingchange starts anew
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

  block.querySelector("dl").hidden = false;
  document.addEventListener("visibilitychange", refresh);
  document.addEventListener("prerenderingchange", refresh);
  refresh();
})();
