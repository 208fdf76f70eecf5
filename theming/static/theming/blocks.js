// The editor of a page in blocks. Comfort only: every button of the form does its work without it.
//
// Dragging a block by its grip presses what its buttons would; the button that was pressed keeps the focus on the next
// page; and every minute the page says that it is open, and hears who else has it open.
(function () {
  "use strict";
  var form = document.getElementById("seite");
  if (!form) return;
  var list = form.querySelector("[data-blocks]"), KEPT = "blocks-pressed";

  // What is wrong is read first; or what the pressed button led to.
  var wrong = document.querySelector("[data-focus]");
  if (wrong) after(function () { wrong.focus(); });

  form.addEventListener("submit", function (event) {
    var button = event.submitter;
    if (button && (button.id || button.name === "neu")) window.sessionStorage.setItem(KEPT, button.id || button.name);
  });
  var pressed = window.sessionStorage.getItem(KEPT);
  window.sessionStorage.removeItem(KEPT);
  function focusAgain() {
    // A new block is there to be written in.
    var field = pressed === "neu" && form.querySelector(".block--open .block__body :is(input:not([type=hidden]), select, textarea:not([hidden]), [contenteditable=true])");
    var again = field || document.getElementById(pressed);
    // At an end the button is off: then its neighbour has the focus.
    if (again && again.disabled) again = again.parentElement.querySelector("button:not(:disabled)");
    if (again) again.focus();
  }
  // Going to what the address names takes the focus away, at the first picture of the page: so after it.
  function after(act) { window.requestAnimationFrame(function () { window.setTimeout(act, 0); }); }
  if (pressed && !wrong) after(focusAgain);

  function press(name, value) {
    var made = document.createElement("button");
    made.type = "submit";
    made.name = name;
    made.value = value;
    made.hidden = true;
    form.append(made);
    form.requestSubmit(made);
  }

  if (list && window.matchMedia("(pointer: fine)").matches) {
    var dragged = null;
    list.classList.add("blocks--drags");
    list.querySelectorAll(".block__grip").forEach(function (grip) {
      var block = grip.closest(".block");
      grip.addEventListener("mousedown", function () { block.draggable = true; });
      grip.addEventListener("mouseup", function () { block.draggable = false; });
      block.addEventListener("dragstart", function (event) {
        if (!block.draggable) return;
        dragged = block;
        block.classList.add("block--dragged");
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setData("text/plain", block.dataset.blockId);
      });
      block.addEventListener("dragend", function () {
        block.draggable = false;
        block.classList.remove("block--dragged");
        clear();
        dragged = null;
      });
    });
    var clear = function () {
      list.querySelectorAll(".block--over").forEach(function (each) { each.classList.remove("block--over"); });
    };
    list.addEventListener("dragover", function (event) {
      if (!dragged) return;
      event.preventDefault();
      clear();
      var over = event.target.closest(".block");
      if (over && over !== dragged) over.classList.add("block--over");
    });
    list.addEventListener("drop", function (event) {
      var over = event.target.closest(".block");
      if (!dragged) return;
      event.preventDefault();
      if (over === dragged) return;
      press("bewegen", dragged.dataset.blockId + ":" + (over ? over.dataset.blockId : ""));
    });
  }

  var others = document.getElementById("andere"), EVERY = 60000;
  function told() {
    if (document.hidden) return;
    var sent = new URLSearchParams({ baustein: others.dataset.block });
    sent.set("csrfmiddlewaretoken", form.querySelector("input[name=csrfmiddlewaretoken]").value);
    fetch(others.dataset.others, { method: "POST", body: sent, credentials: "same-origin" }).then(function (answer) {
      return answer.ok && !answer.redirected ? answer.text() : null;
    }).then(function (text) {
      if (text !== null && text.trim() !== others.innerHTML.trim()) others.innerHTML = text;
    }, function () { /* Without a connection nobody knows; the form says so when it saves. */ });
  }
  if (others) {
    told();
    window.setInterval(told, EVERY);
  }
})();
