// Comfort only: every page works without it. Loaded with `defer`.
(function () {
  "use strict";
  document.documentElement.classList.add("js");

  // An open menu closes on Escape (focus back to its button) and on a press anywhere else.
  function closeMenus(except) {
    document.querySelectorAll("details.menu[open], details.tongues[open], details.account[open], details.nav__group[open], details.drop[open]").forEach(function (menu) {
      if (menu !== except && !menu.contains(except)) menu.open = false;
    });
  }
  document.addEventListener("click", function (event) {
    closeMenus(event.target.closest("details.menu, details.tongues, details.account, details.nav__group, details.drop"));
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    var menu = event.target.closest("details.menu[open], details.tongues[open], details.account[open], details.nav__group[open], details.drop[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });

  // Tab out of an open menu closes it: it would lie over what has the focus next.
  document.addEventListener("keyup", function (event) {
    if (event.key === "Tab") closeMenus(event.target);
  });

  // What the last step came to stands on the page as it opens, and a status is read out only when something comes into it
  // later: so its sentences come once more. Errors are alerts, which are read out as they stand.
  function tell() {
    window.setTimeout(function () {
      document.querySelectorAll(".messages [role=status] p, .alert--success[role=status] p").forEach(function (line) {
        if (!line.contains(document.activeElement)) line.replaceWith(line.cloneNode(true));
      });
    }, 500);
  }
  tell();
  // A script that puts other notes in place of these says so.
  document.addEventListener("notes", tell);

  // Tabs that need more room than a phone has begin where one is.
  document.querySelectorAll(".tabs").forEach(function (tabs) {
    var here = tabs.querySelector("[aria-current]");
    if (!here || tabs.scrollWidth <= tabs.clientWidth) return;
    var place = here.getBoundingClientRect(), all = tabs.getBoundingClientRect();
    tabs.scrollLeft += place.left + place.width / 2 - all.left - all.width / 2;
  });

  // <button data-print>, <button data-share> (hidden where the browser can't share)
  document.querySelectorAll("[data-share]").forEach(function (button) {
    button.hidden = !navigator.share;
  });
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-print], [data-share]");
    if (!button) return;
    if (button.hasAttribute("data-print")) window.print();
    else navigator.share({ title: document.title, url: location.href }).catch(function () {
      // the person closed the dialog: nothing to do
    });
  });

  // Who presses “Search” twice in a breath has searched once, and is counted once.
  var asked = new WeakMap();
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (event.defaultPrevented || (form.getAttribute("method") || "get").toLowerCase() !== "get") return;
    var words = new URLSearchParams(new FormData(form)).toString(), before = asked.get(form);
    if (before && before.words === words && event.timeStamp - before.at < 1000) event.preventDefault();
    else asked.set(form, { words: words, at: event.timeStamp });
  });

  // <form data-autosubmit>: filters act at once; without this there is a button. htmx forms do it themselves.
  document.addEventListener("change", function (event) {
    var form = event.target.closest("form[data-autosubmit]");
    if (form) form.requestSubmit();
  });

  // <form data-sending="words">: a file that is on its way says so where it was sent. On a slow line nothing else
  // happens for a minute.
  document.addEventListener("submit", function (event) {
    var form = event.target, files = form.querySelectorAll("input[type=file]");
    var chosen = Array.prototype.some.call(files, function (each) { return each.files.length; });
    if (event.defaultPrevented || !form.dataset.sending || !chosen || form.querySelector(".sending")) return;
    var note = document.createElement("p");
    note.className = "sending muted";
    note.setAttribute("role", "status");
    (event.submitter || form.lastElementChild).after(note);
    // What is read out has to come into a status that is there already.
    window.setTimeout(function () { note.textContent = form.dataset.sending; }, 200);
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll(".sending").forEach(function (note) { note.remove(); });
  });
})();
