// The builder: the lines are copied by a button. What htmx puts in is treated alike.
(function () {
  "use strict";
  if (!navigator.clipboard) return;
  function show() {
    document.querySelectorAll("button[data-copy]").forEach(function (button) { button.hidden = false; });
  }
  document.addEventListener("click", function (event) {
    var button = event.target.closest("button[data-copy]");
    if (!button) return;
    var lines = document.getElementById(button.dataset.copy);
    navigator.clipboard.writeText(lines.value).then(function () {
      button.querySelector(".kern-label").textContent = button.dataset.done;
      document.querySelector("[data-build-status]").textContent = button.dataset.done;
    }, function () { lines.select(); });
  });
  document.addEventListener("htmx:afterSettle", show);
  show();
})();
