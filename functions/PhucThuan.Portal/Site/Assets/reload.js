// For previews on an editor's machine: reloads the page when its file has been saved. Not served to readers.
"use strict";
(() => {
  const PAUSE = 1000;
  let known = null;

  async function look() {
    if (document.visibilityState === "visible") {
      try {
        const response = await fetch(location.href, { method: "HEAD", cache: "no-store" });
        const version = response.status + (response.headers.get("ETag") ?? "");
        if (known !== null && known !== version) {
          location.reload();
          return;
        }
        known = version;
      } catch {
        // The portal is restarting.
      }
    }
    setTimeout(look, PAUSE);
  }

  look();
})();
