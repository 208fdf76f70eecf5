// Suggestions below a search field: an ARIA combobox with a list. Without this script the field simply searches.
(function () {
  "use strict";
  var WAIT = 120;

  function build(input, number) {
    var id = "vorschlaege-" + number;
    var list = document.createElement("ul");
    var status = document.createElement("p");
    list.id = id;
    list.className = "suggestions";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.dataset.suggestLabel || input.placeholder);
    list.hidden = true;
    status.className = "visually-hidden";
    status.setAttribute("role", "status");
    input.parentNode.append(list, status);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", id);
    var chosen = -1, timer = 0, asked = "", running = null;

    function close() {
      list.hidden = true;
      chosen = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }
    function choose(place) {
      var options = list.children;
      if (!options.length) return;
      chosen = (place + options.length) % options.length;
      Array.prototype.forEach.call(options, function (option, index) {
        option.setAttribute("aria-selected", index === chosen ? "true" : "false");
      });
      options[chosen].scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", options[chosen].id);
    }
    function show(found) {
      list.replaceChildren();
      found.suggestions.forEach(function (each, index) {
        var option = document.createElement("li");
        var kind = document.createElement("span");
        var label = document.createElement("span");
        option.id = id + "-" + index;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.dataset.url = each.url;
        kind.className = "suggestions__kind";
        kind.textContent = each.kind;
        label.className = "suggestions__label";
        label.dir = "auto";
        label.textContent = each.label;
        option.append(label, kind);
        list.append(option);
      });
      status.textContent = found.message;
      if (!found.suggestions.length) return close();
      chosen = -1;
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
    }
    function ask() {
      var text = input.value.trim();
      if (text === asked) return;
      asked = text;
      if (running) running.abort();
      if (text.length < 2) return close();
      running = new AbortController();
      var address = new URL(input.dataset.suggest, location.href);
      var language = new URLSearchParams(location.search).get("sprache");
      address.searchParams.set("q", text);
      if (language) address.searchParams.set("sprache", language);
      fetch(address, { signal: running.signal, credentials: "omit" })
        .then(function (answer) { return answer.ok ? answer.json() : { suggestions: [], message: "" }; })
        .then(function (found) { if (input.value.trim() === text && document.activeElement === input) show(found); })
        .catch(function (error) {
          // A newer question took this one's place, or the network is away: the field still searches.
          if (error.name !== "AbortError") close();
        });
    }
    input.addEventListener("input", function () {
      clearTimeout(timer);
      timer = setTimeout(ask, WAIT);
    });
    input.addEventListener("keydown", function (event) {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        if (list.hidden) return;
        event.preventDefault();
        choose(event.key === "ArrowDown" ? chosen + 1 : chosen < 0 ? -1 : chosen - 1);
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        close();
      } else if (event.key === "Enter" && chosen >= 0 && !list.hidden) {
        event.preventDefault();
        location.href = list.children[chosen].dataset.url;
      }
    });
    list.addEventListener("mousedown", function (event) {
      event.preventDefault();
      var option = event.target.closest("[role=option]");
      if (option) location.href = option.dataset.url;
    });
    input.addEventListener("blur", close);
  }

  document.querySelectorAll("input[data-suggest]").forEach(build);
})();
