// Whoever pressed a button by keyboard and is led back to the same page goes on at that button, not at the page's top: to
// move something three places up is three presses. Comfort only, for signed-in pages. Loaded with `defer`.
(function () {
  "use strict";
  var KEPT = "pressed-by-key", byKey = false;
  document.addEventListener("keydown", function () { byKey = true; }, true);
  document.addEventListener("pointerdown", function () { byKey = false; }, true);

  function words(button) { return button.textContent.replace(/\s+/g, " ").trim(); }
  function goal(button) { return button.getAttribute("formaction") || (button.form && button.form.getAttribute("action")) || ""; }

  document.addEventListener("submit", function (event) {
    var button = event.submitter;
    // Return in a field presses the form's first button, which nobody stood at.
    if (event.defaultPrevented || !byKey || !button || button !== document.activeElement || event.target.method !== "post") return;
    var what = { page: location.pathname, goal: goal(button), name: button.name, words: words(button) };
    try { sessionStorage.setItem(KEPT, JSON.stringify(what)); } catch (error) { /* without storage the page begins at its top */ }
  });

  function kept() {
    try {
      var what = JSON.parse(sessionStorage.getItem(KEPT));
      sessionStorage.removeItem(KEPT);
      return what;
    } catch (error) { return null; }
  }
  // The same button; else the one that stands for it now (“Watch”, “Do not watch any more”): it sends to the same place.
  function find(what) {
    var all = Array.from(document.querySelectorAll("main button")).filter(function (each) { return goal(each) === what.goal && each.name === what.name; });
    return all.find(function (each) { return words(each) === what.words; }) || (what.goal && all.length === 1 ? all[0] : null);
  }
  function focus(found) {
    // At an end the button is off: then its neighbour has the focus.
    if (found.disabled) found = found.parentElement.querySelector("button:not(:disabled)");
    var folded = found && found.closest("details:not([open])");
    if (folded) found = folded.querySelector("summary");
    if (found) found.focus();
  }

  var what = kept();
  if (!what || what.page !== location.pathname) return;
  // What is wrong comes first, and what a page wishes itself (the editor of blocks has its own way); and a sentence at the
  // top is read from the top.
  if (document.querySelector("[autofocus], [role=alert], [data-focus], [data-queue], [data-blocks]")) return;
  if (!location.hash && document.querySelector(".messages")) return;
  var found = find(what);
  // Going to what the address names takes the focus away, at the first picture of the page: so after it.
  if (found) window.requestAnimationFrame(function () {
    window.setTimeout(function () { if (document.activeElement === document.body || document.activeElement.id === "inhalt") focus(found); }, 0);
  });
})();
