// Runs after a page has loaded. Asks the service worker to cache the page for offline reading. Adds a button to read an
// article aloud if the device has a voice for its language or the article links to a recording.
"use strict";
(function () {
  var root = document.documentElement;
  var workers = navigator.serviceWorker;

  // The setting of the page about offline reading.
  function isOff() {
    try {
      return localStorage.getItem("phucthuan.offline") === "off";
    } catch (error) {
      return true; // no storage
    }
  }

  function keep() {
    workers.register("/sw.js", { updateViaCache: "none" }).then(function () {
      return workers.ready;
    }).then(function (registration) {
      function tell() {
        if (!isOff()) {
          registration.active.postMessage({
            keep: location.pathname,
            files: performance.getEntriesByType("resource").map(function (entry) {
              return entry.name;
            }),
          });
        }
      }
      tell();
      // Includes pictures that were loaded while scrolling.
      document.addEventListener("visibilitychange", tell);
    }).catch(function () {
      // A private window or a full disk: the page works without a cache.
    });
  }

  // After a slow response: a newer version may have been cached since this copy was shown.
  function offerFresh() {
    caches.match(location.pathname).then(function (answer) {
      var note = document.querySelector(".copy");
      if (answer && note && Date.parse(answer.headers.get("Date")) > Number(root.dataset.copy)) {
        note.textContent = "Đã có bản mới của trang này. ";
        var link = document.createElement("a");
        link.href = location.pathname;
        link.textContent = "Xem bản mới";
        note.appendChild(link);
      }
    });
  }

  if (workers && window.caches && "offline" in root.dataset && !isOff()) {
    if ("copy" in root.dataset) {
      workers.addEventListener("message", offerFresh);
      offerFresh();
    } else {
      keep();
    }
  }

  var tools = document.querySelector("[data-listen]");
  var body = document.querySelector(".body");
  var speech = window.speechSynthesis;

  function hasVoice() {
    var language = body.closest("[lang]").lang.slice(0, 2);
    return speech && window.SpeechSynthesisUtterance && speech.getVoices().some(function (voice) {
      return voice.lang.slice(0, 2) === language;
    });
  }

  function offerListening() {
    var recording = body.querySelector("a[href^='/media/'][href$='.mp3']");
    if (tools.querySelector(".listen") || !(recording || hasVoice())) {
      return;
    }
    var button = document.createElement("button");
    button.type = "button";
    button.className = "listen";
    button.textContent = "Nghe bài";
    button.addEventListener("click", function load() {
      if (!recording) {
        speech.speak(new SpeechSynthesisUtterance("")); // iOS allows later speech only after speech in a click handler
      }
      button.removeEventListener("click", load);
      var script = document.createElement("script");
      script.src = tools.dataset.listen;
      script.onload = function () {
        button.click();
      };
      script.onerror = function () {
        button.addEventListener("click", load);
        tools.querySelector("[role=status]").textContent = "Chưa tải được phần nghe. Xin thử lại.";
      };
      document.head.appendChild(script);
    });
    tools.insertBefore(button, tools.firstChild);
  }

  if (tools && body) {
    offerListening();
    if (speech && speech.addEventListener) {
      speech.addEventListener("voiceschanged", offerListening); // some browsers load voices late
    }
  }
})();
