// Comfort only. Offers the page in the language the browser prefers, and keeps the language in links made by scripts.
(function () {
  "use strict";
  var menu = document.querySelector("[data-languages]");
  if (!menu) return;
  var PARAMETER = "sprache";
  var REFUSED = "sprachhinweis";
  var current = menu.querySelector("a[aria-current]");
  var chosen = new URLSearchParams(location.search).get(PARAMETER);

  // Links that a script put into the page (a map, a list of bookmarks) know nothing of the language.
  if (chosen && current && current.hreflang === chosen) {
    document.addEventListener("click", function (event) {
      var link = event.target.closest("a[href]");
      if (!link || link.hreflang || link.origin !== location.origin || link.hasAttribute("download")) return;
      if (/^\/(static|media|theme)\/|\.[a-z0-9]+$/.test(link.pathname) || link.getAttribute("href")[0] === "#") return;
      var url = new URL(link.href);
      if (url.searchParams.has(PARAMETER)) return;
      url.searchParams.set(PARAMETER, chosen);
      link.href = url.href;
    }, true);
  }

  // Nothing is kept but that somebody closed the note, and only in this browser.
  function refused() {
    try { return localStorage.getItem(REFUSED) === "1"; } catch (error) { return true; }
  }
  // The first language of the browser that the portal speaks; the dialect (fr-CA) does not matter.
  function preferred() {
    var spoken = {};
    menu.querySelectorAll("a[data-offer]").forEach(function (link) { spoken[link.hreflang] = link; });
    return (navigator.languages || []).map(function (tag) { return spoken[tag.slice(0, 2).toLowerCase()]; }).find(Boolean);
  }
  // Who has chosen a language in the address needs no advice.
  var link = preferred();
  if (!link || link === current || chosen || refused()) return;
  var note = document.createElement("div");
  note.className = "tongues__hint";
  note.lang = link.lang;
  note.dir = link.dataset.dir;
  note.setAttribute("role", "note");
  var offer = document.createElement("a");
  offer.href = link.href;
  offer.hreflang = link.hreflang;
  offer.textContent = link.dataset.offer;
  var close = document.createElement("button");
  close.type = "button";
  close.textContent = "×";
  close.setAttribute("aria-label", link.dataset.refuse);
  close.addEventListener("click", function () {
    try { localStorage.setItem(REFUSED, "1"); } catch (error) { /* a browser without storage asks again */ }
    note.remove();
    menu.querySelector("summary").focus();
  });
  note.append(offer, close);
  menu.after(note);
})();
