// Tells the portal that somebody wants to reach whoever offers this, looks up the way there or passes it on
// (`data-act`): which offer, by what, and nothing else. No cookie, nothing is remembered; the link works all the same
// where this does not run. Loaded with `defer`.
(function () {
  "use strict";
  var WAYS = { "tel:": "phone", "mailto:": "mail", "http:": "website", "https:": "website" };
  function tell(event) {
    var link = event.target.closest && event.target.closest("[data-counts] a[href], [data-counts] [data-act]");
    if (!link || event.button > 1) return;
    var way = (link.closest("[data-act]") || { dataset: {} }).dataset.act || WAYS[link.protocol];
    // A page of the portal says itself that it was opened.
    if (!way || (way === "website" && link.host === location.host)) return;
    var what = new URLSearchParams({ angebot: link.closest("[data-counts]").dataset.counts, was: way });
    if (navigator.sendBeacon) navigator.sendBeacon("/angebote/zaehlen/", what);
  }
  document.addEventListener("click", tell);
  // The middle button opens a new tab.
  document.addEventListener("auxclick", tell);
})();
