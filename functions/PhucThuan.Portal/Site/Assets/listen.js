// Reads an article aloud: plays the recording that it links to, or speaks it with a voice of the device and marks the
// current sentence. later.js creates the button and loads this file at the first click.
"use strict";
(() => {
  const LONGEST = 250; // characters; some voices end after 15 seconds
  const BLOCKS = "h1, h2, h3, h4, p, li, dt, dd, th, td, caption, figcaption, blockquote, pre";
  const start = document.querySelector(".listen");
  const status = document.querySelector(".tools [role=status]");
  const body = document.querySelector(".body");
  const recording = body.querySelector("a[href^='/media/'][href$='.mp3']");
  const speech = window.speechSynthesis;
  const player = document.createElement("div");
  player.className = "player";
  player.setAttribute("role", "group");
  player.setAttribute("aria-label", "Nghe bài");
  let sentences = null; // [{text, places}], created at the first start
  let next = 0;
  let spoken = null; // the utterance; null while paused

  function addButton(text, action) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = text;
    button.addEventListener("click", action);
    player.append(button);
    return button;
  }

  function open() {
    // Last in main, because it is sticky at the bottom. Not fixed, which would be relative to the container (body).
    document.querySelector("main").append(player);
    document.documentElement.style.scrollPaddingBottom = player.offsetHeight + "px"; // keeps the focus visible
    start.hidden = true;
  }

  function close() {
    const hadFocus = player.contains(document.activeElement);
    player.remove();
    document.documentElement.style.scrollPaddingBottom = "";
    start.hidden = false;
    if (hadFocus) {
      start.focus({ preventScroll: true });
    }
  }

  // A sentence ends at a punctuation mark and a space before a capital, a digit or a quotation mark, but not after an
  // abbreviation, as in "TP. Thái Nguyên".
  function split(text) {
    const parts = [];
    let from = 0;
    const end = /[.!?…:;]["”’»)\]]*\s+/g;
    for (let found = end.exec(text); found; found = end.exec(text)) {
      const to = found.index + found[0].length;
      const first = text.charAt(to);
      const isAbbreviation = found[0][0] === "." && /(^|\s)[A-ZĐ][\w]{0,2}$/.test(text.slice(from, found.index));
      if (first === first.toUpperCase() && !isAbbreviation) {
        parts.push(to);
        from = to;
      }
    }
    return cutLong(parts.concat(text.length), text);
  }

  function cutLong(ends, text) {
    const cut = [];
    let from = 0;
    for (const end of ends) {
      while (end - from > LONGEST) {
        const part = text.slice(from, from + LONGEST);
        const at = Math.max(part.lastIndexOf(", "), part.length / 2 | 0);
        const space = text.indexOf(" ", from + at);
        from = space < 0 || space >= end ? end : space + 1;
        cut.push(from);
      }
      if (end > from) {
        cut.push(end);
        from = end;
      }
    }
    return cut;
  }

  // Replaces text nodes by spans, so that marking a sentence does not change the layout.
  function findSentences() {
    const blocks = new Map();
    for (const part of [document.querySelector("h1"), document.querySelector(".standfirst"), body]) {
      const walker = part && document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
      while (walker && walker.nextNode()) {
        const node = walker.currentNode;
        const block = node.parentNode.closest(BLOCKS) || part;
        if (!node.parentNode.closest("[hidden], [aria-hidden=true], svg")) {
          blocks.set(block, (blocks.get(block) || []).concat(node));
        }
      }
    }
    const found = [];
    for (const nodes of blocks.values()) {
      found.push.apply(found, divide(nodes));
    }
    return found.filter((sentence) => /[^\s\W_]|[\u00C0-\u1EF9]/.test(sentence.text));
  }

  function divide(nodes) {
    const text = nodes.map((node) => node.data).join("");
    const found = [];
    let from = 0;
    for (const end of split(text)) {
      found.push({ text: text.slice(from, end).replace(/\s+/g, " ").trim(), from, end, places: [] });
      from = end;
    }
    let offset = 0;
    for (const node of nodes) {
      const data = node.data;
      const spans = document.createDocumentFragment();
      for (const sentence of found) {
        const piece = data.slice(Math.max(0, sentence.from - offset), Math.max(0, sentence.end - offset));
        if (piece && !piece.trim()) {
          spans.append(piece); // may be between list items, where a span is not allowed
        } else if (piece) {
          const span = document.createElement("span");
          span.textContent = piece;
          spans.append(span);
          sentence.places.push(span);
        }
      }
      offset += data.length;
      node.parentNode.replaceChild(spans, node);
    }
    return found;
  }

  function unmark() {
    for (const mark of document.querySelectorAll("mark.spoken")) {
      mark.parentNode.textContent = mark.textContent;
    }
  }

  function mark(sentence) {
    const before = document.querySelector("mark.spoken");
    const follows = !before || isInView(before);
    unmark();
    for (const place of sentence.places) {
      const inner = document.createElement("mark");
      inner.className = "spoken";
      inner.textContent = place.textContent;
      place.textContent = "";
      place.append(inner);
    }
    // Does not scroll when the reader has scrolled away.
    if (follows && !isInView(sentence.places[0])) {
      sentence.places[0].scrollIntoView({ block: "center" });
    }
  }

  function isInView(element) {
    const { top, bottom } = element.getBoundingClientRect();
    return bottom > 0 && top < window.innerHeight - player.offsetHeight;
  }

  // Looked up each time, because voices load late and may be removed. A local voice works offline.
  function findVoice() {
    const language = body.closest("[lang]").lang.slice(0, 2);
    const voices = speech.getVoices().filter((voice) => voice.lang.slice(0, 2) === language);
    return voices.find((voice) => voice.localService) || voices[0];
  }

  function speak() {
    const sentence = sentences[next];
    if (!sentence) {
      stop();
      return;
    }
    const utterance = new SpeechSynthesisUtterance(sentence.text);
    utterance.voice = findVoice() || null;
    utterance.lang = utterance.voice ? utterance.voice.lang : body.closest("[lang]").lang;
    utterance.onend = () => {
      if (spoken === utterance) {
        next += 1;
        speak();
      }
    };
    utterance.onerror = () => {
      if (spoken === utterance) {
        stop();
        status.textContent = "Máy chưa đọc được bài này.";
      }
    };
    spoken = utterance;
    mark(sentence);
    speech.speak(utterance);
  }

  // Pauses by cancelling, because speechSynthesis.pause() ends the speech on Android. Resumes at the start of the
  // sentence.
  function toggle() {
    if (spoken) {
      spoken = null;
      speech.cancel();
    } else {
      speak();
    }
    pause.textContent = spoken ? "Tạm dừng" : "Nghe tiếp";
  }

  function stop() {
    if (!player.parentNode) {
      return;
    }
    spoken = null;
    if (sound) {
      sound.pause();
    } else {
      speech.cancel();
      unmark();
    }
    next = 0;
    close();
  }

  const sound = recording ? document.createElement("audio") : null;
  const pause = sound ? null : addButton("Tạm dừng", toggle);
  if (sound) {
    sound.controls = true;
    sound.src = recording.href;
    sound.setAttribute("aria-label", "Bản đọc: " + document.querySelector("h1").textContent);
    player.append(sound);
  }
  addButton("Thôi nghe", stop);

  start.addEventListener("click", () => {
    status.textContent = "";
    open();
    if (sound) {
      sound.play().catch(() => {}); // some browsers require a click on the controls
      sound.focus({ preventScroll: true });
      return;
    }
    sentences = sentences || findSentences();
    speech.cancel();
    toggle();
    pause.focus({ preventScroll: true });
  });
  window.addEventListener("pagehide", stop);
})();
