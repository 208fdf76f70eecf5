// Comfort only: what is chosen shows in the preview before it is saved. Loaded with `defer`.
(() => {
  "use strict";
  const form = document.querySelector("[data-look]");
  const stage = () => document.getElementById("buehne");
  const proof = document.getElementById("beweis");
  if (!form || !stage()) return;

  const hex = (text) => {
    const typed = text.trim().toLowerCase().replace(/^#?/, "#");
    if (/^#[0-9a-f]{6}$/.test(typed)) return typed;
    return /^#[0-9a-f]{3}$/.test(typed) ? "#" + [...typed.slice(1)].map((digit) => digit + digit).join("") : "";
  };
  const value = (name) => {
    const field = form.elements[name];
    return field ? field.value : "";
  };
  const chosen = () => {
    const said = new URLSearchParams({
      haupt: hex(value("brand_color")), zweit: hex(value("accent_color")), schrift: value("font"), ecken: value("corner"),
    });
    if (form.elements.dark_mode_allowed && form.elements.dark_mode_allowed.checked) said.set("dunkel", "1");
    return said.get("haupt") && said.get("zweit") ? said : null;
  };

  // The style sheet of the page in the frame is another one; the page itself stays.
  const paint = () => {
    const said = chosen();
    const page = stage().contentDocument;
    const sheet = page && page.querySelector('link[href^="' + form.dataset.sheet + '"]');
    if (said && sheet) sheet.href = form.dataset.sheet + "?" + said;
  };
  const classes = (element, start, name) => {
    if (!element) return;
    [...element.classList].filter((each) => each.startsWith(start + "--")).forEach((each) => element.classList.remove(each));
    element.classList.add(start + "--" + name);
  };
  const arrange = () => {
    const page = stage().contentDocument;
    if (!page || !value("header_layout")) return;
    classes(page.querySelector("header.head"), "head", value("header_layout"));
    classes(page.querySelector("footer.foot"), "foot", value("footer_layout"));
  };

  let waiting = 0;
  let newest = 0;
  const prove = () => {
    const said = chosen();
    if (!said || !proof) return;
    const number = ++newest;
    fetch(form.dataset.proof + "?" + said, { credentials: "same-origin" })
      .then((answer) => (answer.ok && !answer.redirected ? answer.text() : Promise.reject(new Error(String(answer.status)))))
      .then((text) => { if (number === newest) proof.innerHTML = text; })
      .catch((error) => console.warn("The sentences on readability are those of the saved draft:", error.message));
  };
  const changed = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { paint(); prove(); }, 150);
    arrange();
  };

  form.querySelectorAll("[data-colour]").forEach((place) => {
    const text = place.querySelector("input");
    const picker = document.createElement("input");
    picker.type = "color";
    picker.setAttribute("aria-label", form.querySelector('label[for="' + text.id + '"]').textContent);
    picker.value = hex(text.value) || "#000000";
    place.querySelector("svg").replaceWith(picker);
    picker.addEventListener("input", () => { text.value = picker.value; changed(); });
    text.addEventListener("input", () => { if (hex(text.value)) picker.value = hex(text.value); });
  });

  // A drawing (SVG) becomes a picture here, in the browser, where nothing in it can run; the server takes pictures only.
  const drawn = (file, field) => {
    const reader = new FileReader();
    reader.onload = () => {
      const image = new Image();
      image.onload = () => {
        const factor = 960 / Math.max(image.naturalWidth || 300, image.naturalHeight || 150);
        const canvas = document.createElement("canvas");
        canvas.width = Math.max(1, Math.round((image.naturalWidth || 300) * factor));
        canvas.height = Math.max(1, Math.round((image.naturalHeight || 150) * factor));
        canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
        canvas.toBlob((blob) => {
          if (!blob) return;
          const files = new DataTransfer();
          files.items.add(new File([blob], "logo.png", { type: "image/png" }));
          field.files = files.files;
        }, "image/png");
      };
      image.src = reader.result;
    };
    reader.readAsDataURL(file);
  };
  form.addEventListener("change", (event) => {
    const field = event.target;
    if (field.type === "file" && field.files.length && field.files[0].type === "image/svg+xml") drawn(field.files[0], field);
  });

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);

  // Other page, other width: only the preview changes, what is typed stays.
  const watch = () => {
    stage().addEventListener("load", () => { paint(); arrange(); });
    document.querySelectorAll('#vorschau a[href^="?"]').forEach((link) => {
      link.addEventListener("click", (event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        fetch(link.href, { credentials: "same-origin" })
          .then((answer) => answer.text())
          .then((text) => {
            const found = new DOMParser().parseFromString(text, "text/html").getElementById("vorschau");
            if (!found) throw new Error("no preview");
            const label = link.textContent.trim();
            document.getElementById("vorschau").replaceWith(document.importNode(found, true));
            watch();
            const again = [...document.querySelectorAll("#vorschau :is(a, b)")].find((each) => each.textContent.trim() === label);
            if (again) { if (again.tagName === "B") again.tabIndex = -1; again.focus(); }
          })
          .catch(() => { window.location.href = link.href; });
      });
    });
  };
  watch();
})();
