// Keeps the numbers beside the filters true when htmx exchanged the results: the answer brings them along.
(function () {
  "use strict";
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
})();
