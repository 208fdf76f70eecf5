// When a part of the page renews itself, whoever is in it by keyboard stays where they were: htmx does that only for
// what has an id. If that thing is gone, the part itself has the focus and Tab goes on from there, not from the top.
(function () {
  "use strict";
  var REACHABLE = "a[href], button, input, select, textarea, summary, [tabindex]", place = null;

  function name(element) {
    return [element.tagName, element.getAttribute("href"), element.getAttribute("aria-label"), element.matches("[tabindex]") ? "" : element.textContent.trim()].join("|");
  }
  function alike(part, wanted) {
    return Array.from(part.querySelectorAll(REACHABLE)).filter(function (each) { return name(each) === wanted; });
  }
  document.addEventListener("htmx:beforeSwap", function (event) {
    var part = event.detail.target, here = document.activeElement;
    place = null;
    if (!part.id || !part.contains(here) || here.id) return;
    place = { part: part.id, name: name(here), number: alike(part, name(here)).indexOf(here) };
  });
  document.addEventListener("htmx:afterSwap", function () {
    var part = place && document.getElementById(place.part);
    if (!part || part.contains(document.activeElement)) return;
    var found = alike(part, place.name)[place.number];
    place = null;
    if (!found) {
      part.tabIndex = -1;
      found = part;
    }
    found.focus({ preventScroll: true });
  });
})();
