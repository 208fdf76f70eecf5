// “In meiner Nähe”: asks the browser on a press only, rounds the position in the browser to about a kilometre, and
// turns it into a postcode. The position is in the body of a request, never in an address.
(function () {
  "use strict";
  if (!navigator.geolocation || !window.isSecureContext) return;

  function prepare(button) {
    var data = button.dataset;
    var status = button.parentElement.querySelector(".near__status");

    function say(words) {
      button.removeAttribute("aria-disabled");
      status.textContent = words;
    }

    function send(spot) {
      var body = new URLSearchParams({ lat: spot.coords.latitude.toFixed(2), lon: spot.coords.longitude.toFixed(2) });
      fetch(data.nearUrl, { method: "POST", body: body, credentials: "same-origin" })
        .then(function (answer) { return answer.json(); })
        .then(function (found) {
          if (!found.ort) return say(found.fehler || data.nearFailed);
          say("");
          document.getElementById(data.near).value = found.ort;
          document.getElementById(data.nearForm).requestSubmit();
        })
        .catch(function () { say(data.nearFailed); });
    }

    button.parentElement.hidden = false;
    button.addEventListener("click", function () {
      // Not `disabled`: that would take the focus from whoever pressed it by keyboard.
      if (button.getAttribute("aria-disabled") === "true") return;
      button.setAttribute("aria-disabled", "true");
      status.textContent = data.nearAsking;
      navigator.geolocation.getCurrentPosition(send, function (problem) {
        say(problem.code === 1 ? data.nearRefused : data.nearFailed);
      }, { enableHighAccuracy: false, timeout: 15000, maximumAge: 300000 });
    });
  }

  document.querySelectorAll("[data-near]").forEach(prepare);
})();
