// Draw a part to blacken in the picture itself. An addition: the four numbers below the picture do the same.
(() => {
  "use strict";
  const figure = document.querySelector("[data-blacken]");
  const image = figure?.querySelector("img");
  const button = document.querySelector("button[name=schwaerzen]");
  if (!image || !button) return;
  const hint = document.querySelector("[data-blacken-hint]");
  if (hint) hint.hidden = false;
  const frame = document.createElement("div");
  frame.className = "shot__frame";
  image.replaceWith(frame);
  frame.append(image);
  const mark = document.createElement("div");
  mark.className = "shot__mark";
  mark.hidden = true;
  frame.append(mark);
  image.draggable = false;
  let begin = null;

  const at = (event) => {
    const box = image.getBoundingClientRect();
    const share = (value, size) => Math.min(100, Math.max(0, (100 * value) / size));
    return { x: share(event.clientX - box.left, box.width), y: share(event.clientY - box.top, box.height) };
  };
  const part = (end) => ({
    left: Math.min(begin.x, end.x),
    top: Math.min(begin.y, end.y),
    width: Math.abs(end.x - begin.x),
    height: Math.abs(end.y - begin.y),
  });

  frame.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    begin = at(event);
    frame.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  frame.addEventListener("pointermove", (event) => {
    if (!begin) return;
    const drawn = part(at(event));
    mark.hidden = false;
    for (const side of ["left", "top", "width", "height"]) mark.style[side] = `${drawn[side]}%`;
  });
  frame.addEventListener("pointercancel", () => {
    begin = null;
    mark.hidden = true;
  });
  frame.addEventListener("pointerup", (event) => {
    if (!begin) return;
    const drawn = part(at(event));
    begin = null;
    mark.hidden = true;
    if (drawn.width < 0.5 || drawn.height < 0.5) return;
    for (const side of ["left", "top", "width", "height"]) {
      button.form.elements[side].value = drawn[side].toFixed(1);
    }
    button.form.requestSubmit(button);
  });
})();
