// Saves a form while somebody types. Comfort only: without it each button of the form saves.
//
// <form data-autosave data-hx-post …> (components/_autosave.html), <input name=base>, and components/saved.html.
// htmx sends half a second after the last key and puts in place what comes back. Here: what is read out and how often,
// what is said when it fails, that nothing is sent twice, and that a button waits for a save that is under way.
(function () {
  "use strict";
  var QUIET = 30000, AGAIN = 10000, LONGEST = 4000;
  var form = document.querySelector("form[data-autosave]");
  if (!form) return;
  var spoken = 0, busy = false, retry = 0, waiting = null, leaving = 0, out = false, renewed = null;

  function say(text, now) {
    var status = document.getElementById("gespeichert-sagen");
    if (!status || (!now && Date.now() - spoken < QUIET)) return;
    spoken = Date.now();
    status.textContent = text;
  }
  function show(text) {
    var seen = document.getElementById("gespeichert");
    if (!seen) return;
    seen.textContent = text;
    seen.classList.add("saved--trouble");
    say(text, true);
  }
  function save() { form.dispatchEvent(new Event("change", { bubbles: true })); }
  function again() {
    window.clearTimeout(retry);
    retry = window.setTimeout(save, AGAIN);
  }
  function press(button) { form.requestSubmit(button === form ? undefined : button); }
  function go() {
    var button = waiting;
    if (!button) return;
    waiting = null;
    press(button);
  }

  // Signed out meanwhile: what was written stays in this page. Whoever signs in elsewhere and comes back goes on here;
  // the page asks itself anew for the sign that a form must carry, once at a time, and does what was wanted last.
  function renew(then) {
    var asked = renewed;
    // A button that is pressed saves as well.
    if (asked && then === save) return;
    renewed = then;
    if (asked) return;
    fetch(form.action, { credentials: "same-origin" }).then(function (answer) { return answer.text(); }).then(function (text) {
      var fresh = new DOMParser().parseFromString(text, "text/html").querySelector("form[data-autosave] input[name=csrfmiddlewaretoken]");
      var next = renewed;
      renewed = null;
      // Wanted after this was asked: somebody may have signed in meanwhile.
      if (!fresh && next !== then) { renew(next); return; }
      if (!fresh) { show(form.dataset.signedOut); return; }
      form.querySelector("input[name=csrfmiddlewaretoken]").value = fresh.value;
      out = false;
      next();
    }, function () { renewed = null; show(form.dataset.offline); });
  }
  window.addEventListener("focus", function () { if (out) renew(save); });

  form.addEventListener("htmx:beforeRequest", function (event) {
    if (isLeaving()) { event.preventDefault(); return; }
    if (out) { event.preventDefault(); renew(save); return; }
    busy = true;
  });
  // A page that is on its way is not asked for a second time; but whoever stopped it is not locked in.
  function isLeaving() { return Date.now() - leaving < AGAIN; }
  window.addEventListener("pageshow", function () { leaving = 0; });
  form.addEventListener("htmx:afterRequest", function (event) {
    busy = false;
    window.clearTimeout(retry);
    var answer = event.detail.xhr, seen = document.getElementById("gespeichert");
    if (event.detail.successful && (answer.getResponseHeader("HX-Trigger") || "").indexOf("gespeichert") >= 0) {
      out = false;
      if (seen) say(seen.textContent);
    } else if (answer.status === 0) {
      show(form.dataset.offline);
      again();
    } else if (event.detail.successful || answer.status === 403) {
      // Another page came: that of signing in. A button that waited for this asks once more whether that is so still.
      var button = waiting;
      out = true;
      waiting = null;
      if (button) renew(function () { press(button); });
      else show(form.dataset.signedOut);
    } else {
      show(form.dataset.trouble);
    }
    go();
  });
  window.addEventListener("online", function () {
    var seen = document.getElementById("gespeichert");
    if (seen && seen.classList.contains("saved--trouble")) save();
  });

  // A button that is pressed while a save is under way waits for it: the page then knows what was saved.
  form.addEventListener("submit", function (event) {
    if (waiting || isLeaving()) { event.preventDefault(); return; }
    // The browser would put its own page in place of this one, and with it what was not saved yet would go.
    if (navigator.onLine === false) {
      event.preventDefault();
      show(form.dataset.offline);
      document.getElementById("gespeichert").scrollIntoView({ block: "center" });
      return;
    }
    if (out) {
      var button = event.submitter || form;
      event.preventDefault();
      renew(function () { press(button); });
      return;
    }
    if (!busy) { leaving = Date.now(); return; }
    event.preventDefault();
    waiting = event.submitter || form;
    window.setTimeout(go, LONGEST);
  });
})();
