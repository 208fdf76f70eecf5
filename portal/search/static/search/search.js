// Brings htmx (17 KB, not part of the first view) when somebody begins to use the page, and keeps the numbers beside the
// filters true when it exchanged the results: the answer brings them along.
(function () {
  "use strict";
  var source = document.currentScript.dataset.htmx;
  var signs = ["pointermove", "pointerdown", "keydown", "focusin"];
  var missed = null;

  function note(event) {
    if (event.target.form && event.target.form.id === "filter") missed = event.target;
  }
  function bring(event) {
    // A browser tells of a pointer that rests, too, when a page appears below it.
    if (event.type === "pointermove" && !event.movementX && !event.movementY) return;
    signs.forEach(function (sign) { window.removeEventListener(sign, bring); });
    document.addEventListener("change", note);
    // htmx starts at once only in a page that is complete.
    if (document.readyState === "complete") load();
    else window.addEventListener("load", load);
  }
  function load() {
    var script = document.createElement("script");
    script.src = source;
    script.addEventListener("load", function () {
      document.removeEventListener("change", note);
      // Somebody ticked a box before htmx was there: now it hears of it.
      if (missed) missed.dispatchEvent(new Event("change", { bubbles: true }));
    });
    document.head.append(script);
  }
  signs.forEach(function (sign) { window.addEventListener(sign, bring, { passive: true }); });

  // An address to share has no empty fields, also when the browser itself sends the form.
  document.addEventListener("formdata", function (event) {
    if (event.target.id !== "filter") return;
    Array.from(event.formData.entries()).forEach(function (field) {
      if (field[1] === "") event.formData.delete(field[0]);
    });
  });

  function update() {
    var holder = document.getElementById("zahlen");
    var form = document.getElementById("filter");
    if (!holder || !form) return;
    var numbers = JSON.parse(holder.textContent);
    form.querySelectorAll("[data-number]").forEach(function (place) {
      var label = place.closest("label");
      var box = label.querySelector("input");
      var number = (numbers[box.name] || {})[box.value];
      if (number === undefined) return;
      place.textContent = number;
      label.classList.toggle("option--empty", number === 0 && !box.checked);
    });
  }
  document.addEventListener("htmx:afterSettle", update);

  // “Show 141 offers”: the filters are applied already, or are about to be; the button only leads to the results.
  var leading = false;
  function lead() {
    var results = document.getElementById("ergebnis");
    var panel = document.querySelector("#filter > details");
    if (panel) panel.open = false;
    results.focus({ preventScroll: true });
    results.scrollIntoView({ block: "start" });
  }
  document.addEventListener("click", function (event) {
    if (!event.target.closest("[data-show-results]") || !window.htmx) return;
    event.preventDefault();
    leading = true;
    lead();
  });
  document.addEventListener("change", function () { leading = false; });
  // The results were exchanged under way: once more.
  document.addEventListener("htmx:afterSettle", function () {
    if (leading) lead();
    leading = false;
  });
})();
