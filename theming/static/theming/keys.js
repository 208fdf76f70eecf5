// Single keys at the editors' desk. Loaded with `defer`, and only for whoever has them on; every key has a link or a
// button of its own on the page, so nothing needs this.
//   data-keys on the script itself: "on", or "alt" (only together with Alt)
//   data-key="f": the key presses this link or button, or goes to this field
//   data-keys-list: J and K go through the [data-keys-item] in it
(function () {
  "use strict";
  var mode = document.currentScript.dataset.keys;
  var TYPING = "input:not([type=checkbox]):not([type=radio]):not([type=button]):not([type=submit]), textarea, select," +
    " [contenteditable]:not([contenteditable=false]), [role=textbox], [role=combobox], [role=listbox], [role=menu], [role=application]";

  function key(event) {
    // With Alt some keyboards make another sign of a letter; then its place says which it is.
    if (event.altKey && !/^[a-z/?]$/i.test(event.key) && /^Key[A-Z]$/.test(event.code)) return event.code.slice(3).toLowerCase();
    return event.key.length === 1 ? event.key.toLowerCase() : "";
  }

  function meant(event) {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey) return false;
    if (event.altKey !== (mode === "alt")) return false;
    // A capital letter is somebody's caps lock or a word of speech; signs may need Shift.
    if (event.shiftKey && /^[a-z]$/i.test(event.key)) return false;
    return !event.target.closest(TYPING) && !document.querySelector("dialog[open]");
  }

  function visible(element) {
    return element.getClientRects().length > 0;
  }

  function move(list, step) {
    var items = Array.prototype.filter.call(list.querySelectorAll("[data-keys-item]"), visible);
    if (!items.length) return;
    var row = document.activeElement.closest("li, tr");
    var at = items.findIndex(function (item) { return row && row.contains(item); });
    var next = at < 0 ? (step > 0 ? 0 : items.length - 1) : Math.min(Math.max(at + step, 0), items.length - 1);
    items[next].focus();
  }

  function press(element, event) {
    if (element.matches("input, textarea, select")) {
      var folded = element.closest("details:not([open])");
      if (folded) folded.open = true;
      element.focus();
      if (element.select) element.select();
    } else if (!event.repeat) {
      element.click();
    }
  }

  document.addEventListener("keydown", function (event) {
    var pressed = key(event);
    if (!pressed || !meant(event)) return;
    var list = document.querySelector("[data-keys-list]");
    if (list && (pressed === "j" || pressed === "k")) {
      event.preventDefault();
      move(list, pressed === "j" ? 1 : -1);
      return;
    }
    var found = Array.prototype.find.call(document.querySelectorAll("[data-key]"), function (element) {
      return element.dataset.key === pressed && !element.disabled && (visible(element) || element.closest("details:not([open])"));
    });
    if (!found) return;
    event.preventDefault();
    press(found, event);
  });

  // In the course of the list the next item opens by itself: its heading is where one goes on.
  var heading = document.querySelector("[data-queue]") && document.querySelector("main h1");
  if (heading && !location.hash && !document.querySelector("[role=alert], [autofocus], [aria-invalid=true]")) {
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }
})();
