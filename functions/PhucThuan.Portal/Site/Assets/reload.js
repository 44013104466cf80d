// For previews on an editor's machine: loads the page again when its file was saved. Readers never get this script.
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
        // The portal is being started again.
      }
    }
    setTimeout(look, PAUSE);
  }

  look();
})();
