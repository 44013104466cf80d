// Reading settings (type size, contrast) and page tools (print, share, copy). Runs before the first paint and marks the
// root element, so that the style sheet shows the buttons without a layout shift.
"use strict";
(() => {
  const MEMORY = "phucthuan.reading";
  const PERCENT = [100, 115, 130, 150, 175, 200]; // must equal the sizes in the style sheet
  const root = document.documentElement;
  let choice = recall();

  // Ignore values of another version and values edited by hand.
  function recall() {
    let memory = null;
    try {
      memory = JSON.parse(localStorage.getItem(MEMORY));
    } catch {
      // No storage (private mode), or an invalid value.
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
      // The setting applies to this page only.
    }
    show();
  }

  function show() {
    for (const button of document.querySelectorAll("[data-step]")) {
      // aria-disabled, because disabled would remove the focus from the button.
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
        show(); // before that, the buttons may not exist; start updates them
      }
    }
  });
})();
