// Going from one difference to the next. Comfort only: each of them is a section with a heading.
(function () {
  "use strict";
  var button = document.querySelector("[data-next-difference]");
  var differences = Array.prototype.slice.call(document.querySelectorAll(".diff"));
  if (!button || differences.length < 2) return;
  button.hidden = false;
  button.addEventListener("click", function () {
    var here = differences.findIndex(function (each) { return each.contains(document.activeElement); });
    var next = differences[(here + 1) % differences.length];
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "start" });
  });
})();
