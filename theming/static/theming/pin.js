// The pin of components/pin.html on a moving map. Without this file the drawing and the four buttons stay; the buttons
// stay anyway. Where it was put is two numbers in the form.
(function () {
  "use strict";
  if (!window.L) return;
  document.querySelectorAll("[data-pin]").forEach(function (place) {
    var data = place.dataset, element = place.querySelector(".pin__map"), drawing = place.querySelector("svg");
    var spot = data.pin.split(",").map(Number);
    if (!data.tiles && drawing === null) return;
    var lat = place.querySelector("input[name=lat]"), lon = place.querySelector("input[name=lon]");
    var where = place.querySelector("[data-pin-where]");
    element.hidden = false;
    if (drawing) drawing.remove();
    var map = L.map(element, { zoomControl: false, scrollWheelZoom: false, maxZoom: data.tiles ? Number(data.max) : 17, keyboard: false });
    map.attributionControl.setPrefix(false);
    L.control.zoom({ zoomInTitle: data.zoomIn, zoomOutTitle: data.zoomOut }).addTo(map);
    map.setView(spot, data.tiles ? Math.min(16, Number(data.max)) : 13);
    if (data.tiles) {
      var source = document.createElement("span");
      source.textContent = data.source;
      L.tileLayer(data.tiles, { minZoom: Number(data.min), maxZoom: Number(data.max), attribution: source.innerHTML }).addTo(map);
    }
    fetch(data.outlines, { credentials: "same-origin" }).then(function (answer) { return answer.ok ? answer.json() : null; }).then(function (shapes) {
      if (!shapes) return;
      var layer = L.geoJSON(shapes, {
        interactive: false, style: { className: "mapline", fill: !data.tiles },
        onEachFeature: function (feature, shape) {
          if (data.tiles || !feature.properties.name) return;
          shape.bindTooltip(feature.properties.name, { permanent: true, direction: "center", className: "mapname", interactive: false, opacity: 1 });
        },
      }).addTo(map);
      // Without a background only the outlines tell where one is: as much of them as fits.
      if (!data.tiles && layer.getBounds().isValid()) map.setView(marker.getLatLng(), map.getBoundsZoom(layer.getBounds()) + 1, { animate: false });
    }, function () { place.classList.add("pin--without-lines"); });
    var marker = L.marker(spot, {
      draggable: true, autoPan: true, title: data.words, alt: data.words,
      icon: L.divIcon({ className: "pin__dot", iconSize: [28, 28], iconAnchor: [14, 34], html: "<span></span>" }),
    }).addTo(map);
    function put(latlng) {
      marker.setLatLng(latlng);
      lat.value = latlng.lat.toFixed(6);
      lon.value = latlng.lng.toFixed(6);
      where.textContent = latlng.lat.toFixed(5) + ", " + latlng.lng.toFixed(5);
      if (!map.getBounds().pad(-0.1).contains(latlng)) map.panTo(latlng, { animate: false });
    }
    marker.on("dragend", function () { put(marker.getLatLng()); });
    map.on("click", function (event) { put(event.latlng); });
    marker.getElement().addEventListener("keydown", function (event) {
      var way = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[event.key];
      if (!way) return;
      event.preventDefault();
      var far = event.shiftKey ? 40 : 8;
      var point = map.latLngToContainerPoint(marker.getLatLng());
      put(map.containerPointToLatLng(L.point(point.x + way[0] * far, point.y + way[1] * far)));
    });
  });
})();
