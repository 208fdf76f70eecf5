// Lets the worker keep what somebody noted down. Nothing is stored for people who only look around.
(function () {
  "use strict";
  if (!("serviceWorker" in navigator) || !isSecureContext) return;
  var worker = navigator.serviceWorker, waiting = 0;
  function noted() {
    try {
      var found = JSON.parse(localStorage.getItem("merkliste"));
      return Array.isArray(found) ? found.filter(function (id) { return Number.isSafeInteger(id) && id > 0; }) : [];
    } catch (error) {
      // blocked storage, or something that is no list
      return [];
    }
  }
  function wished() {
    return noted().length > 0 || matchMedia("(display-mode: standalone)").matches;
  }
  function tell() {
    if (!worker.controller) return;
    var ids = noted(), language = new URLSearchParams(location.search).get("sprache");
    var pages = ["/offline/" + (language ? "?sprache=" + encodeURIComponent(language) : "")];
    if (ids.length) pages.push("/merkliste/?angebote=" + ids.join(","));
    worker.controller.postMessage({ keep: pages });
  }
  function begin() {
    worker.getRegistration("/").then(function (known) {
      if (!known && !wished()) return;
      return worker.register("/sw.js", { scope: "/", updateViaCache: "none" }).then(tell);
    }).catch(function () { /* a browser that keeps nothing, by wish of its owner */ });
  }
  worker.addEventListener("controllerchange", tell);
  document.addEventListener("merkliste", function () {
    clearTimeout(waiting);
    waiting = setTimeout(begin, 400);
  });
  begin();
})();
