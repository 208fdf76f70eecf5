// The page without a connection: draws what the worker kept, and goes on when the connection is back.
(function () {
  "use strict";
  var place = document.querySelector("[data-kept]");
  if (!place || !("caches" in window)) return;
  function show(name) { place.querySelector("[data-kept-" + name + "]").hidden = false; }
  function read(cache, request) {
    return cache.match(request).then(function (answer) { return answer.text(); }).then(function (text) {
      return new DOMParser().parseFromString(text, "text/html");
    });
  }
  function bookmarks(url, page) {
    var list = place.querySelector("[data-kept-list]");
    page.querySelectorAll("[data-handout]").forEach(function (each) {
      var item = document.importNode(each, true);
      item.querySelectorAll(".handout__url").forEach(function (address) { address.remove(); });
      list.append(item);
    });
    if (list.children.length) show("bookmarks");
  }
  function results(url, page) {
    var link = place.querySelector("[data-kept-results-link]"), title = page.querySelector("title");
    link.href = url.pathname + url.search;
    if (title) link.textContent = title.textContent;
    show("results");
  }
  caches.keys().then(function (names) {
    var name = names.filter(function (each) { return each.indexOf("seiten-") === 0; }).pop();
    return name ? caches.open(name) : null;
  }).then(function (cache) {
    if (!cache) return 0;
    return cache.keys().then(function (requests) {
      return Promise.all(requests.map(function (request) {
        var url = new URL(request.url);
        if (url.pathname === "/merkliste/") return read(cache, request).then(function (page) { bookmarks(url, page); });
        if (url.pathname === "/angebote/") return read(cache, request).then(function (page) { results(url, page); });
        return null;
      }));
    });
  }).then(function () {
    if (place.querySelector("[data-kept-bookmarks]").hidden && place.querySelector("[data-kept-results]").hidden) show("nothing");
  });
  // Shown in place of another page: that one, as soon as it can be had.
  addEventListener("online", function () { if (location.pathname !== "/offline/") location.reload(); });
})();
