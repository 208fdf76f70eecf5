// A frame to move on a picture (components/crop.html), with Cropper.js. The words beside it do the same by keyboard and
// without scripts; what is sent are numbers, and the server cuts. And a chosen file is uploaded at once.
(function () {
  "use strict";
  document.querySelectorAll("input[type=file][data-upload-now]").forEach(function (input) {
    input.addEventListener("change", function (event) {
      event.stopPropagation();
      var button = input.form && input.form.querySelector("button[name='" + input.dataset.uploadNow + "']");
      if (input.files.length && button) input.form.requestSubmit(button);
    });
  });

  document.querySelectorAll("[data-crop]").forEach(function (place) {
    var opener = place.querySelector("[data-crop-open]"), image = place.querySelector("img");
    var box = place.querySelector("input[name=box]"), shape = Number(place.dataset.shape);
    if (!window.Cropper || !opener) return;
    opener.hidden = false;
    opener.addEventListener("click", function () {
      opener.hidden = true;
      image.src = place.dataset.crop;
      image.classList.add("crop__whole");
      var cropper = new window.Cropper(image, {
        aspectRatio: shape, viewMode: 1, autoCropArea: 1, background: false, movable: false, rotatable: false,
        scalable: false, zoomable: false, checkOrientation: false, checkCrossOrigin: false,
        ready: function () {
          if (place.dataset.box) show(place.dataset.box.split(",").map(Number));
          byKeys(place.querySelector(".cropper-crop-box"));
        },
        cropend: write,
      });
      // The button is gone; whoever pressed it by keyboard goes on at the frame, with the arrows, plus and minus.
      function byKeys(frame) {
        frame.tabIndex = 0;
        frame.setAttribute("role", "application");
        frame.setAttribute("aria-label", place.dataset.frame);
        frame.addEventListener("keydown", function (event) {
          var part = cropper.getData(), step = size().naturalWidth / 50;
          var by = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key];
          var larger = { "+": 1.1, "-": 1 / 1.1 }[event.key];
          if (event.ctrlKey || event.altKey || event.metaKey || !(by || larger)) return;
          event.preventDefault();
          if (by) cropper.setData({ x: part.x + by[0], y: part.y + by[1] });
          else cropper.setData({
            x: part.x - part.width * (larger - 1) / 2, y: part.y - part.height * (larger - 1) / 2,
            width: part.width * larger, height: part.height * larger,
          });
          write();
        });
        frame.focus();
      }
      function size() { return cropper.getImageData(); }
      function show(part) {
        var whole = size();
        cropper.setData({
          x: part[0] * whole.naturalWidth, y: part[1] * whole.naturalHeight,
          width: part[2] * whole.naturalWidth, height: part[3] * whole.naturalHeight,
        });
      }
      function write() {
        var part = cropper.getData(), whole = size();
        function within(number, most) { return Math.max(0, Math.min(most, number)); }
        var left = within(part.x / whole.naturalWidth, 1), top = within(part.y / whole.naturalHeight, 1);
        box.value = [left, top, within(part.width / whole.naturalWidth, 1 - left), within(part.height / whole.naturalHeight, 1 - top)]
          .map(function (number) { return number.toFixed(5); }).join(",");
        box.disabled = false;
        place.querySelectorAll("input[name=part]").forEach(function (radio) { radio.checked = false; });
      }
      place.addEventListener("change", function (event) {
        if (event.target.name !== "part") return;
        box.disabled = true;
        var at = { anfang: 0, mitte: 0.5, ende: 1 }[event.target.value];
        if (at === undefined) return;
        var whole = size(), ratio = whole.naturalWidth / whole.naturalHeight;
        var high = ratio < shape ? ratio / shape : 1, wide = ratio < shape ? 1 : shape / ratio;
        show([(1 - wide) * at, (1 - high) * at, wide, high]);
      });
    });
  });
})();
