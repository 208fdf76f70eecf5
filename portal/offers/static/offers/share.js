// Copying a page's address. Without a script the mail link and the QR code are there.
(function () {
  "use strict";
  document.querySelectorAll("[data-needs-script]").forEach(function (button) {
    button.hidden = false;
  });
  document.querySelectorAll("[data-copy]").forEach(function (button) {
    var note = button.parentElement.querySelector("[data-copied]");
    if (!navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(button.dataset.copy).then(function () {
        note.textContent = note.dataset.copied;
        window.setTimeout(function () {
          note.textContent = "";
        }, 4000);
      }, function () {
        // the browser does not let us: the address stands in its address bar
        button.hidden = true;
      });
    });
  });
})();
