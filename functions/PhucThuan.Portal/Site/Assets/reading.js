// Reading settings and tools of a page: type size, contrast, print, share. Runs before the first paint and sets
// data-script on the root element, so that elements that need JavaScript cause no layout shift. ECMAScript 5, because
// it shows the numbers as a picture in browsers that cannot run visits.js.
"use strict";
(function () {
  var MEMORY = "phucthuan.reading";
  var PERCENT = [100, 115, 130, 150, 175, 200]; // as in theme.css
  var root = document.documentElement;
  var choice = recall();

  function each(selector, action) {
    Array.prototype.forEach.call(document.querySelectorAll(selector), action);
  }

  // Invalid values, such as those of another version, are ignored.
  function recall() {
    var memory = null;
    try {
      memory = JSON.parse(localStorage.getItem(MEMORY));
    } catch (error) {
      // No storage (private mode), or invalid JSON.
    }
    var size = memory ? Number(memory.size) : 0;
    return { size: size in PERCENT ? size : 0, contrast: !!memory && memory.contrast === true };
  }

  function apply() {
    root.dataset.size = choice.size;
    if (choice.contrast) {
      root.setAttribute("data-contrast", "");
    } else {
      root.removeAttribute("data-contrast");
    }
  }

  function keep() {
    apply();
    try {
      localStorage.setItem(MEMORY, JSON.stringify(choice));
    } catch (error) {
      // The setting applies to this page only.
    }
    show();
  }

  function show() {
    each("[data-step]", function (button) {
      // Not disabled, because the button would lose the focus.
      button.setAttribute("aria-disabled", !(choice.size + Number(button.dataset.step) in PERCENT));
    });
    document.querySelector("[data-toggle-contrast]").setAttribute("aria-pressed", choice.contrast);
    document.querySelector("[data-size-now]").textContent = "Cỡ chữ " + PERCENT[choice.size] + "%";
  }

  function resize(step) {
    if (choice.size + step in PERCENT) {
      choice.size += step;
      keep();
    }
  }

  // A draft has no canonical address.
  function address() {
    var canonical = document.querySelector("link[rel=canonical]");
    return canonical ? canonical.href : location.href;
  }

  function copy(status) {
    function fail() {
      status.textContent = "Chưa sao chép được. Địa chỉ của bài: " + address();
    }
    if (navigator.clipboard) {
      navigator.clipboard.writeText(address()).then(function () {
        status.textContent = "Đã sao chép liên kết.";
      }, fail);
    } else {
      fail();
    }
  }

  function share(status) {
    navigator.share({ title: document.querySelector("h1").textContent, url: address() }).catch(function (failure) {
      if (failure.name !== "AbortError") {
        status.textContent = "Chưa chia sẻ được.";
      }
    });
  }

  function onClick(element, action) {
    element.addEventListener("click", action);
  }

  function start() {
    each("[data-step]", function (button) {
      onClick(button, function () {
        resize(Number(button.dataset.step));
      });
    });
    onClick(document.querySelector("[data-toggle-contrast]"), function () {
      choice.contrast = !choice.contrast;
      keep();
    });
    var settings = document.querySelector(".reading");
    onClick(document, function (event) {
      if (!settings.contains(event.target)) {
        settings.open = false;
      }
    });
    document.addEventListener("keydown", function (event) {
      if (event.key === "Escape" && settings.open) {
        settings.open = false;
        settings.querySelector("summary").focus();
      }
    });
    var tools = document.querySelector(".tools");
    if (tools) {
      var status = tools.querySelector("[role=status]");
      onClick(tools.querySelector("[data-print]"), function () {
        print();
      });
      onClick(tools.querySelector("[data-copy]"), function () {
        copy(status);
      });
      onClick(tools.querySelector("[data-share]"), function () {
        share(status);
      });
    }
    show();
  }

  function load(address, done, failed) {
    var script = document.createElement("script");
    script.src = address;
    script.onload = done;
    script.onerror = failed;
    document.head.appendChild(script);
  }

  // Loads enlarge.js at the first click on a picture.
  function enlarge(event) {
    var link = event.target.closest("a.enlarge");
    if (link && window.HTMLDialogElement && !(event.button || event.ctrlKey || event.metaKey || event.shiftKey)) {
      event.preventDefault();
      document.removeEventListener("click", enlarge);
      load(document.querySelector("[data-enlarge]").getAttribute("data-enlarge"), function () {
        link.click();
      }, function () {
        location.href = link.href;
      });
    }
  }

  // Not in the HTML, because a cached page would still show it on the next day.
  function markToday() {
    var today = new Date(Date.now() + 7 * 36e5).toISOString().slice(0, 10);
    each("time[datetime^='" + today + "']", function (time) {
      time.textContent = time.textContent.replace(/^[^,]+,/, "Hôm nay,");
    });
  }

  // Runs after the deferred scripts. visits.js marks the block, unless it was blocked, not loaded or not supported.
  function showPicture() {
    each("[data-visits]:not([data-live])", function (block) {
      var numbers = block.querySelector("dl");
      var picture = block.querySelector("noscript");
      numbers.insertAdjacentHTML("afterend", picture.textContent);
      block.removeChild(numbers);
    });
  }

  root.dataset.script = navigator.share ? "shares" : "";
  apply();
  document.addEventListener("DOMContentLoaded", showPicture);
  document.addEventListener("click", enlarge);
  document.addEventListener("DOMContentLoaded", markToday);
  document.addEventListener("DOMContentLoaded", start);
  // Loaded last: offline copies and reading aloud.
  window.addEventListener("load", function () {
    if (root.dataset.later) {
      load(root.dataset.later);
    }
  });
  window.addEventListener("storage", function (event) {
    if (event.key === MEMORY) {
      choice = recall();
      apply();
      if (document.readyState !== "loading") {
        show(); // while loading, the buttons may be missing; start() calls show() later
      }
    }
  });
})();
