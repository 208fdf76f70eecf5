/* Moves without a new page, and dragging. Without this script the same buttons send the same form. */
(() => {
  "use strict";

  const section = () => document.querySelector("form[data-tree]");

  async function send(form, value) {
    const body = new FormData(form);
    body.set("bewegen", value);
    let answer;
    try {
      answer = await fetch(form.action, { method: "POST", body, credentials: "same-origin" });
    } catch {
      answer = null;
    }
    if (!answer || !answer.ok || !answer.url.includes("bewegt=")) {
      // Refused, signed out or broken: the page itself says why.
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = "bewegen";
      field.value = value;
      // The page of signing in has no such list: then the browser goes there.
      if (answer && answer.ok && show(await answer.text())) {
        return;
      }
      form.append(field);
      form.submit();
      return;
    }
    show(await answer.text(), value.split(":"));
  }

  function show(text, [entry, , , button] = []) {
    const page = new DOMParser().parseFromString(text, "text/html");
    const form = page.querySelector("form[data-tree]");
    const notes = page.querySelector(".messages");
    if (!form) {
      return false;
    }
    const focused = document.activeElement?.id;
    document.querySelector(".messages")?.closest(".wrap")?.remove();
    if (notes) {
      document.getElementById("inhalt").before(notes.closest(".wrap"));
      document.dispatchEvent(new Event("notes"));
    }
    form.querySelector("[autofocus]")?.removeAttribute("autofocus");
    section().replaceWith(form);
    prepare(form);
    document.getElementById("stand").textContent = page.getElementById("stand").textContent;
    if (entry) {
      const pressed = document.getElementById(`${button}-${entry}`);
      const target = pressed && !pressed.disabled ? pressed : document.getElementById(`bearbeiten-${entry}`);
      target?.focus();
    } else if (focused) {
      document.getElementById(focused)?.focus();
    }
    return true;
  }

  function place(event, node) {
    const box = node.getBoundingClientRect();
    const part = (event.clientY - box.top) / box.height;
    if (section().hasAttribute("data-levels") && part > 0.3 && part < 0.7) {
      return "into";
    }
    return part < 0.5 ? "before" : "after";
  }

  function clear(form) {
    for (const node of form.querySelectorAll(".node")) {
      node.classList.remove("node--before", "node--after", "node--into", "node--moving");
    }
  }

  function target(item, where, moving) {
    const above = item.parentElement.closest("[data-entry]")?.dataset.entry ?? "";
    if (where === "into") {
      return `${item.dataset.entry}::gezogen`;
    }
    let next = where === "before" ? item : item.nextElementSibling;
    if (next?.dataset.entry === moving) {
      next = next.nextElementSibling;
    }
    return `${above}:${next?.dataset.entry ?? ""}:gezogen`;
  }

  function prepare(form) {
    let dragged = null;
    form.addEventListener("submit", (event) => {
      if (event.submitter?.name === "bewegen") {
        event.preventDefault();
        if (event.submitter.getAttribute("aria-disabled") !== "true") {
          send(form, event.submitter.value);
        }
      }
    });
    form.querySelector(".tree").classList.add("tree--drags");
    for (const node of form.querySelectorAll(".node")) {
      const item = node.closest("[data-entry]");
      node.draggable = true;
      node.addEventListener("dragstart", (event) => {
        dragged = item;
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setData("text/plain", item.dataset.name);
        node.classList.add("node--moving");
      });
      node.addEventListener("dragend", () => {
        dragged = null;
        clear(form);
      });
      node.addEventListener("dragover", (event) => {
        if (!dragged || dragged.contains(item)) {
          return;
        }
        event.preventDefault();
        for (const each of form.querySelectorAll(".node--before, .node--after, .node--into")) {
          each.classList.remove("node--before", "node--after", "node--into");
        }
        node.classList.add(`node--${place(event, node)}`);
      });
      node.addEventListener("drop", (event) => {
        if (!dragged || dragged.contains(item)) {
          return;
        }
        event.preventDefault();
        const value = `${dragged.dataset.entry}:${target(item, place(event, node), dragged.dataset.entry)}`;
        dragged = null;
        clear(form);
        send(form, value);
      });
    }
  }

  const form = section();
  if (form) {
    prepare(form);
    form.querySelector("[autofocus]")?.focus();
  }
})();
