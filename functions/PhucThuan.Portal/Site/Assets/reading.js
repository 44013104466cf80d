// What readers set for themselves, and what they do with a page: type size, contrast, print, share. Runs before the page is
// painted, and tells the style sheet that there is a script: what needs one is in its place from the start, and nothing jumps.
"use strict";
(() => {
  const MEMORY = "phucthuan.reading";
  const PERCENT = [100, 115, 130, 150, 175, 200]; // those of the style sheet
  const root = document.documentElement;
  let choice = recall();

  // Values of another version, or of somebody who tried, must not stay in the way.
  function recall() {
    let memory = null;
    try {
      memory = JSON.parse(localStorage.getItem(MEMORY));
    } catch {
      // Nothing can be kept here (private mode), or what is kept is broken.
    }
    const size = Number(memory?.size);
    return { size: size in PERCENT ? size : 0, contrast: memory?.contrast === true };
  }

  function apply() {
    root.dataset.size = choice.size;
    root.toggleAttribute("data-contrast", choice.contrast);
  }

  function keep() {
    apply();
    try {
      localStorage.setItem(MEMORY, JSON.stringify(choice));
    } catch {
      // It holds for this page at least.
    }
    show();
  }

  function show() {
    for (const button of document.querySelectorAll("[data-step]")) {
      // Not disabled: the button would lose the focus of whoever presses it.
      button.setAttribute("aria-disabled", !(choice.size + Number(button.dataset.step) in PERCENT));
    }
    document.querySelector("[data-toggle-contrast]").setAttribute("aria-pressed", choice.contrast);
    document.querySelector("[data-size-now]").textContent = "Cỡ chữ " + PERCENT[choice.size] + "%";
  }

  function resize(step) {
    if (choice.size + step in PERCENT) {
      choice.size += step;
      keep();
    }
  }

  async function copy(status) {
    const address = document.querySelector("link[rel=canonical]").href;
    try {
      await navigator.clipboard.writeText(address);
      status.textContent = "Đã sao chép liên kết.";
    } catch {
      status.textContent = "Chưa sao chép được. Địa chỉ của bài: " + address;
    }
  }

  async function share(status) {
    const title = document.querySelector("h1").textContent;
    const url = document.querySelector("link[rel=canonical]").href;
    try {
      await navigator.share({ title, url });
    } catch (failure) {
      if (failure.name !== "AbortError") {
        status.textContent = "Chưa chia sẻ được.";
      }
    }
  }

  function start() {
    for (const button of document.querySelectorAll("[data-step]")) {
      button.addEventListener("click", () => resize(Number(button.dataset.step)));
    }
    document.querySelector("[data-toggle-contrast]").addEventListener("click", () => {
      choice.contrast = !choice.contrast;
      keep();
    });
    const tools = document.querySelector(".tools");
    if (tools) {
      const status = tools.querySelector("[role=status]");
      tools.querySelector("[data-print]").addEventListener("click", () => print());
      tools.querySelector("[data-copy]").addEventListener("click", () => copy(status));
      tools.querySelector("[data-share]").addEventListener("click", () => share(status));
    }
    show();
  }

  root.dataset.script = navigator.share ? "shares" : "";
  apply();
  addEventListener("DOMContentLoaded", start);
  addEventListener("storage", (event) => {
    if (event.key === MEMORY) {
      choice = recall();
      apply();
      if (document.readyState !== "loading") {
        show(); // before that the buttons may not be there, and start shows what holds then
      }
    }
  });
})();
