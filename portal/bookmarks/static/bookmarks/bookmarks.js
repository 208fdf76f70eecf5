// Bookmarks live in this browser only. Loaded with `defer` on every page; without it nothing is missing but the hearts.
(function () {
  "use strict";
  var KEY = "merkliste", MOST = 100;
  var link = document.querySelector("[data-bookmarks]");
  if (!link) return;
  var page = document.querySelector("[data-bookmarks-list]");
  // What the browser would not store: then the list lasts as long as the page.
  var memory = null;
  var status = document.createElement("p");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  document.body.append(status);

  function read() {
    if (memory) return memory.slice();
    var found;
    try {
      found = JSON.parse(localStorage.getItem(KEY));
    } catch (error) {
      // blocked storage, or something that is no list of ours
      found = [];
    }
    if (!Array.isArray(found)) return [];
    return found.filter(function (id, place) {
      return Number.isSafeInteger(id) && id > 0 && found.indexOf(id) === place;
    }).slice(0, MOST);
  }
  function write(ids) {
    try {
      localStorage.setItem(KEY, JSON.stringify(ids));
      memory = null;
      document.dispatchEvent(new Event("merkliste"));
      return true;
    } catch (error) {
      memory = ids.slice();
      return false;
    }
  }
  function say(key) {
    var text = link.dataset[key] || "";
    // The same words again are read out only when they were gone in between.
    status.textContent = "";
    setTimeout(function () { status.textContent = text.replace("{n}", read().length); }, 50);
    return text;
  }
  function all(selector) { return document.querySelectorAll(selector); }
  function part(name) { return page.querySelector("[data-bookmarks-" + name + "]"); }

  function refresh() {
    var ids = read();
    var count = link.querySelector("[data-bookmarks-count]");
    count.textContent = ids.length ? " (" + ids.length + ")" : "";
    all("button[data-bookmark]").forEach(function (button) {
      button.hidden = false;
      button.setAttribute("aria-pressed", String(ids.indexOf(Number(button.dataset.bookmark)) >= 0));
    });
    if (page) compare(ids);
  }

  // The page of a list: mine when it shows what this browser remembers, else somebody else's.
  var mine = false;
  function listed() {
    return page.dataset.bookmarksList ? page.dataset.bookmarksList.split(",").map(Number) : [];
  }
  function compare(ids) {
    var shown = listed();
    var missing = shown.filter(function (id) { return ids.indexOf(id) < 0; });
    mine = !missing.length && shown.length === ids.length;
    var undoing = !part("undo").hidden;
    part("foreign").hidden = mine || undoing;
    part("take").hidden = !missing.length;
    part("all-known").hidden = !!missing.length;
    if (part("clear")) part("clear").hidden = !mine;
  }
  function entry(id) {
    var button = page.querySelector('button[data-bookmark="' + id + '"]');
    var found = Array.from(page.querySelectorAll('[data-handout="' + id + '"], [data-bookmarks-gone="' + id + '"]'));
    if (button && button.closest(".cards > li")) found.push(button.closest(".cards > li"));
    return found;
  }
  function show(ids) {
    listed().concat(ids).forEach(function (id) {
      entry(id).forEach(function (element) { element.hidden = ids.indexOf(id) < 0; });
    });
    var address = page.dataset.address + ids.join(",");
    page.dataset.bookmarksList = ids.join(",");
    history.replaceState(null, "", ids.length ? "/merkliste/?angebote=" + ids.join(",") : "/merkliste/");
    if (part("mail")) part("mail").href = part("mail").href.replace(/body=.*$/, "body=" + encodeURIComponent(address));
    if (part("calendar")) part("calendar").href = page.dataset.calendar + ids.join(",");
    var code = page.querySelector("[data-handout-code]");
    if (code) code.hidden = true;
  }
  function offerUndo(before, key) {
    var bar = part("undo");
    part("undo-text").textContent = link.dataset[key] || "";
    bar.hidden = false;
    bar.querySelector("button").onclick = function () {
      write(before);
      bar.hidden = true;
      show(before);
      refresh();
      say("added");
      document.querySelector("main").focus();
    };
    return bar;
  }

  function toggle(button) {
    var id = Number(button.dataset.bookmark), before = read(), wasMine = page && mine;
    var ids = before.filter(function (other) { return other !== id; });
    var adding = ids.length === before.length;
    if (adding && ids.length >= MOST) return void say("full");
    if (adding) ids.push(id);
    var kept = write(ids);
    // Counted is that somebody did it with this offer, not who (portal/usage).
    if (adding && kept && navigator.sendBeacon) {
      navigator.sendBeacon("/angebote/zaehlen/", new URLSearchParams({ angebot: String(id), was: "bookmark" }));
    }
    if (wasMine && !adding) {
      show(ids);
      offerUndo(before, "removed").querySelector("button").focus();
    }
    refresh();
    say(kept ? (adding ? "added" : "removed") : "blocked");
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("button[data-bookmark]");
    if (button) return void toggle(button);
    if (!page) return;
    if (event.target.closest("[data-bookmarks-clear]")) {
      var before = read();
      write([]);
      show([]);
      offerUndo(before, "cleared").querySelector("button").focus();
      refresh();
      say("cleared");
    } else if (event.target.closest("[data-bookmarks-take]")) {
      var ids = read();
      listed().forEach(function (id) { if (ids.indexOf(id) < 0) ids.push(id); });
      var fits = ids.length <= MOST;
      write(ids.slice(0, MOST));
      refresh();
      say(fits ? "added" : "full");
    } else if (event.target.closest("[data-bookmarks-copy]")) {
      navigator.clipboard.writeText(page.dataset.address + page.dataset.bookmarksList).then(function () {
        say("copied");
        event.target.closest("button").querySelector(".kern-label").textContent = link.dataset.copied;
      }, function () { say("uncopied"); });
    }
  });

  // Other tabs, results that htmx put in, and pages that come back from the browser's memory.
  addEventListener("storage", function (event) { if (event.key === KEY || event.key === null) refresh(); });
  addEventListener("pageshow", function (event) { if (event.persisted) refresh(); });
  document.addEventListener("htmx:afterSettle", refresh);

  if (document.querySelector("[data-bookmarks-empty]") && read().length) {
    location.replace("/merkliste/?angebote=" + read().join(","));
    return;
  }
  if (page && part("copy")) part("copy").hidden = !(navigator.clipboard && isSecureContext);
  refresh();
})();
