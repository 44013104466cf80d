// The page about offline reading: lists the cached articles, deletes them, and disables the cache.
"use strict";
(() => {
  const CHOICE = "phucthuan.offline"; // later.js reads it
  const list = document.querySelector("[data-kept]");
  const status = document.querySelector("[data-kept-status]");
  const forget = document.querySelector("[data-forget]");
  const choose = document.querySelector("[data-keep]");
  const workers = navigator.serviceWorker;

  function isOff() {
    return localStorage.getItem(CHOICE) === "off";
  }

  async function readKept() {
    const answer = await caches.match("/sw.js?kept");
    return answer ? (await answer.json()).filter((page) => page.path.indexOf("/bai-viet/") === 0) : [];
  }

  async function show() {
    const pages = await readKept();
    while (list.firstChild) {
      list.firstChild.remove();
    }
    for (const page of pages) {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = page.path;
      link.textContent = new DOMParser().parseFromString(page.title, "text/html").body.textContent;
      item.append(link, " – tải về " + describe(page.loaded));
      list.append(item);
    }
    status.textContent = isOff() ? "Máy này không lưu bài nào."
      : pages.length ? "Các bài đã lưu trên máy này:"
      : "Chưa có bài nào được lưu. Bài nào quý vị mở đọc sẽ tự được lưu.";
    forget.hidden = !pages.length;
    choose.textContent = isOff() ? "Lưu lại như trước" : "Không lưu trên máy này";
  }

  function describe(time) {
    const [day, clock] = new Date(time + 7 * 3600000).toISOString().split("T");
    return clock.slice(0, 5) + ", " + day.split("-").reverse().join("/");
  }

  async function forgetAll() {
    const { active } = await workers.ready;
    const channel = new MessageChannel();
    const done = new Promise((resolve) => {
      channel.port1.onmessage = resolve;
    });
    active.postMessage({ forget: true }, [channel.port2]);
    await done;
  }

  async function switchOff() {
    localStorage.setItem(CHOICE, "off");
    const registration = await workers.getRegistration();
    if (registration) {
      await registration.unregister();
    }
    const names = await caches.keys();
    await Promise.all(names.filter((name) => /^phucthuan-/.test(name)).map((name) => caches.delete(name)));
  }

  function onClick(button, action) {
    button.addEventListener("click", async () => {
      await action();
      await show();
      status.focus();
    });
  }

  if (!workers || !window.caches) {
    status.textContent = "Trình duyệt này không lưu được bài để đọc khi không có mạng.";
    return;
  }
  onClick(forget, forgetAll);
  onClick(choose, async () => {
    if (isOff()) {
      localStorage.removeItem(CHOICE);
      await workers.register("/sw.js", { updateViaCache: "none" });
    } else {
      await switchOff();
    }
  });
  choose.hidden = false;
  show().catch(() => {
    status.textContent = "Chưa đọc được những gì đã lưu.";
  });
  // The requested page may be available now.
  window.addEventListener("online", () => "copy" in document.documentElement.dataset && location.reload());
})();
