// The moving map. Without this file the server's drawing with its links stays; with it, the drawing gives way.
// Leaflet sets styles through the CSSOM only, which the content security policy allows.
(function () {
  "use strict";
  if (!window.L || !L.markerClusterGroup) return;
  var calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  var live = null;

  function get(url, kind) {
    return fetch(url, { credentials: "same-origin" }).then(function (answer) {
      if (!answer.ok) throw new Error(String(answer.status));
      return answer[kind]();
    });
  }

  function text(tag, content, className) {
    var element = document.createElement(tag);
    element.textContent = content;
    if (className) element.className = className;
    return element;
  }

  function clusterIcon(words) {
    return function (cluster) {
      // Offers, not places: one with two places here is still one.
      var markers = cluster.getAllChildMarkers();
      var number = new Set(markers.map(function (marker) { return marker.offer; })).size;
      // Leaflet gives the title to the button; the bare number must not be its name.
      cluster.options.title = number === 1 ? markers[0].options.title : number + " " + words;
      var size = number < 10 ? 38 : number < 100 ? 44 : 52;
      var shown = text("span", number);
      shown.setAttribute("aria-hidden", "true");
      return L.divIcon({ html: shown, className: "mapcluster", iconSize: [size, size] });
    };
  }

  function pin(colour, exact) {
    return L.divIcon({
      html: "<span></span>",
      className: "mappin" + (colour ? " " + colour : "") + (exact ? "" : " mappin--about"),
      iconSize: [30, 30],
      popupAnchor: [0, -12],
    });
  }

  function fill(state, marker) {
    var popup = marker.getPopup();
    var data = state.section.dataset;
    get(data.mapBubble + marker.offer + "/", "text").then(
      function (html) {
        popup.setContent(html);
        var link = popup.getElement() && popup.getElement().querySelector("a[href]:not(.leaflet-popup-close-button)");
        if (link && state.byKey) link.focus();
      },
      function () {
        popup.setContent(text("p", data.mapFailed));
      }
    );
  }

  // Without a background the names of the districts tell where one is; below the points, and none over another.
  function name(state, layer, words) {
    layer.bindTooltip(words, { permanent: true, direction: "center", className: "mapname", pane: "names", interactive: false, opacity: 1 });
    state.names.push(layer.getTooltip());
  }

  // Where a name is tried, in pixels from the middle of its shape.
  var SHIFTS = [0, -24, 24, -40, 40];

  function separate(state) {
    var taken = Array.prototype.map.call(state.element.querySelectorAll(".leaflet-marker-icon"), function (icon) {
      return icon.getBoundingClientRect();
    });
    state.names.forEach(function (tooltip) {
      var element = tooltip.getElement();
      if (!element) return;
      var free = SHIFTS.some(function (shift) {
        tooltip.options.offset = L.point(0, shift);
        tooltip.update();
        var box = element.getBoundingClientRect();
        var fits = taken.every(function (other) {
          return box.right < other.left || other.right < box.left || box.bottom < other.top || other.bottom < box.top;
        });
        if (fits) taken.push(box);
        return fits;
      });
      element.classList.toggle("mapname--hidden", !free);
    });
  }

  // Where no tiles show more, there is nothing to zoom or to move to beyond the outlines.
  function limit(state) {
    if (state.section.dataset.mapTiles || !state.home) return;
    var fitting = state.map.getBoundsZoom(state.home);
    state.map.setMinZoom(Math.max(1, fitting - 1));
    state.map.setMaxZoom(Math.min(16, fitting + 3));
    state.map.setMaxBounds(state.home.pad(0.75));
  }

  function outlines(state) {
    get(state.section.dataset.mapOutlines, "json").then(function (shapes) {
      L.geoJSON(shapes, {
        interactive: false,
        style: function (feature) {
          return { className: "mapline" + (feature.properties.whole ? " mapline--whole" : ""), fill: !state.section.dataset.mapTiles };
        },
        onEachFeature: function (feature, layer) {
          if (!state.section.dataset.mapTiles && feature.properties.name) name(state, layer, feature.properties.name);
        },
      }).addTo(state.map);
      separate(state);
    }, function () {
      // The points are what matters; without the lines the map still works.
      state.section.classList.add("mapview--without-lines");
    });
  }

  function points(state) {
    var url = state.section.dataset.mapPoints;
    if (state.shown === url) return;
    state.shown = url;
    get(url, "json").then(
      function (found) {
        if (state.shown !== url) return;
        var markers = found.points.map(function (point) {
          var offer = found.offers[point[0]];
          var marker = L.marker([point[1], point[2]], { icon: pin(found.classes[offer[2]], !point[3]), title: offer[1], alt: offer[1] });
          marker.offer = offer[0];
          marker.bindPopup(text("p", state.section.dataset.mapLoading), { minWidth: 220, maxWidth: 300 });
          return marker;
        });
        state.group.clearLayers();
        state.group.addLayers(markers);
        state.element.dataset.mapCount = String(markers.length);
        separate(state);
        // Without a background the outlines are what tells people where they look: they stay in view.
        if (markers.length && !state.moved && state.section.dataset.mapTiles) {
          var around = L.latLngBounds(found.points.map(function (point) { return [point[1], point[2]]; }));
          var home = state.home;
          // Far excursions must not shrink the town to a dot.
          if (home && !home.pad(0.6).contains(around)) around = home;
          state.map.fitBounds(around.pad(0.08), { maxZoom: 16, animate: false });
        }
      },
      function () {
        state.shown = "";
        state.map.attributionControl.addAttribution(state.section.dataset.mapFailed);
      }
    );
  }

  function home(section) {
    var box = section.dataset.mapBox.split(",").map(Number);
    return box.length === 4 ? L.latLngBounds([box[0], box[1]], [box[2], box[3]]) : null;
  }

  function start(section, element) {
    var data = section.dataset;
    var map = L.map(element, {
      minZoom: data.mapTiles ? Number(data.mapMin) : 7,
      maxZoom: data.mapTiles ? Number(data.mapMax) : 17,
      zoomControl: false,
      zoomAnimation: !calm,
      fadeAnimation: !calm,
      markerZoomAnimation: !calm,
      scrollWheelZoom: false,
    });
    map.attributionControl.setPrefix(false);
    L.control.zoom({ zoomInTitle: data.mapZoomIn, zoomOutTitle: data.mapZoomOut }).addTo(map);
    if (data.mapTiles) {
      L.tileLayer(data.mapTiles, { minZoom: Number(data.mapMin), maxZoom: Number(data.mapMax), attribution: text("span", data.mapSource).innerHTML }).addTo(map);
    }
    var group = L.markerClusterGroup({
      animate: !calm,
      maxClusterRadius: 56,
      showCoverageOnHover: false,
      spiderfyOnMaxZoom: false,
      zoomToBoundsOnClick: false,
      spiderLegPolylineOptions: { className: "mapleg" },
      iconCreateFunction: clusterIcon(data.mapMany),
    });
    var state = { section: section, element: element, map: map, group: group, home: home(section), shown: "", moved: false, byKey: false, names: [] };
    map.createPane("names").style.zIndex = 450;
    if (state.home) map.fitBounds(state.home, { animate: false });
    else map.setView([51.2, 10.4], 7);
    limit(state);
    map.addLayer(group);
    listen(state);
    outlines(state);
    return state;
  }

  // Come closer to a cluster; where that does not part it, fan it out.
  function enter(state, event) {
    var cluster = event.layer;
    var byEnter = event.originalEvent && event.originalEvent.keyCode === 13;
    if (event.type === "clusterkeypress" && !byEnter) return;
    var map = state.map;
    var deepest = map.getMaxZoom();
    if (map.getZoom() >= deepest || map.getBoundsZoom(cluster.getBounds()) >= deepest) cluster.spiderfy();
    else cluster.zoomToBounds();
    if (byEnter) state.element.focus();
  }

  function listen(state) {
    var map = state.map;
    state.group.on("clusterclick clusterkeypress", function (event) { enter(state, event); });
    map.on("dragend zoomend", function () { state.moved = state.moved || document.activeElement === state.element || state.element.contains(document.activeElement); });
    map.on("zoomend", function () { separate(state); });
    state.group.on("animationend", function () { separate(state); });
    // The wheel scrolls the page until somebody works with the map.
    map.on("focus click", function () { map.scrollWheelZoom.enable(); });
    map.on("blur", function () { map.scrollWheelZoom.disable(); });
    state.element.addEventListener("keydown", function (event) {
      state.byKey = true;
      if (event.key === "Escape" && state.open) {
        map.closePopup();
        event.stopPropagation();
      }
    });
    state.element.addEventListener("pointerdown", function () { state.byKey = false; });
    map.on("popupopen", function (event) {
      state.open = event.popup._source || null;
      var close = event.popup.getElement().querySelector(".leaflet-popup-close-button");
      if (close) close.setAttribute("aria-label", state.section.dataset.mapClose);
      if (state.open && state.open.offer) fill(state, state.open);
    });
    map.on("popupclose", function () {
      var icon = state.open && state.open.getElement && state.open.getElement();
      state.open = null;
      // Focus must not fall to the top of the page with the bubble that had it.
      if (icon && state.byKey) icon.focus();
    });
  }

  function show() {
    var section = document.querySelector("[data-map]");
    var element = section && section.querySelector("#karte");
    if (!element) return;
    element.hidden = false;
    section.classList.add("mapview--live");
    if (live && live.element === element) {
      live.section = section;
      live.map.invalidateSize();
    } else {
      if (live) live.map.remove();
      live = start(section, element);
    }
    points(live);
  }

  show();
  // Filters replace the results around the map; the map itself is kept (data-hx-preserve).
  document.addEventListener("htmx:afterSettle", show);
})();
