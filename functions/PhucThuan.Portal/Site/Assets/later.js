// Runs after a page has loaded: has it kept for reading without a line, and offers to read an article aloud where the
// device has a voice for its language, or where the article links to a recording.
"use strict";
(function () {
  var root = document.documentElement;
  var workers = navigator.serviceWorker;

  // The reader's choice, of the page about reading without a line.
  function isOff() {
    try {
      return localStorage.getItem("phucthuan.offline") === "off";
    } catch (error) {
      return true; // where nothing can be kept
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
      // Pictures that the reader has scrolled to since.
      document.addEventListener("visibilitychange", tell);
    }).catch(function () {
      // A private window, or a full disk: the page is there all the same.
    });
  }

  // The network was slow; what it brought after this copy was shown has been kept.
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
        speech.speak(new SpeechSynthesisUtterance("")); // iOS speaks later only what began with a touch
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
