// Opens pictures of an article in a dialog. reading.js loads this file at the first click on a picture; without it, and
// in browsers without dialogs, the link opens the picture itself.
"use strict";
(() => {
  const dialog = document.createElement("dialog");
  dialog.className = "picture";
  const form = document.createElement("form");
  form.method = "dialog";
  const close = document.createElement("button");
  close.textContent = "Đóng";
  form.append(close);

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.enlarge");
    const isPlain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (!link || !dialog.showModal || !isPlain) {
      return;
    }
    event.preventDefault();
    const small = link.querySelector("img");
    const picture = new Image();
    picture.alt = small.alt;
    picture.src = link.href;
    dialog.setAttribute("aria-label", small.alt || "Ảnh lớn");
    while (dialog.firstChild) {
      dialog.firstChild.remove();
    }
    dialog.append(form, picture);
    dialog.showModal();
  });

  // A click outside of the picture closes the dialog. The browser handles Escape and returns the focus to the link.
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) {
      dialog.close();
    }
  });
  document.body.append(dialog);
})();
