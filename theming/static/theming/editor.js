// The bar above a long text: components/rich_text.html, with TipTap (vendor/tiptap.js). Without it the plain field stays.
//
// The plain field is what is sent until somebody writes; from then on a second, hidden field NAME_html has the markup,
// and the server takes that. So what nobody touched is not changed, whatever an editor makes of it.
(function () {
  "use strict";
  if (!window.TipTap) return;
  var TipTap = window.TipTap;

  // Word writes lists as paragraphs with a sign in front, and a page of styles before the first word.
  function fromWord(html) {
    if (!/mso-|class="?Mso|<o:p/i.test(html)) return html;
    var page = new DOMParser().parseFromString(html, "text/html");
    page.querySelectorAll("style, script, meta, link, title, xml").forEach(function (each) { each.remove(); });
    var list = null;
    page.querySelectorAll("p").forEach(function (line) {
      var isItem = /MsoListParagraph/.test(line.className) || /mso-list:\s*l\d/i.test(line.getAttribute("style") || "");
      if (!isItem) { list = null; return; }
      var mark = Array.from(line.querySelectorAll("span")).find(function (span) {
        return /mso-list:\s*Ignore/i.test(span.getAttribute("style") || "");
      });
      var numbered = mark && /\d/.test(mark.textContent);
      if (mark) mark.remove();
      if (!list || list.nextElementSibling !== line) {
        list = page.createElement(numbered ? "ol" : "ul");
        line.before(list);
      }
      var item = page.createElement("li");
      item.append.apply(item, Array.from(line.childNodes));
      list.append(item);
      line.remove();
    });
    page.querySelectorAll("p").forEach(function (line) { if (!line.textContent.trim()) line.remove(); });
    return page.body.innerHTML;
  }

  function button(bar, words, press) {
    var made = document.createElement("button");
    made.type = "button";
    made.className = "richtext__button";
    made.textContent = words;
    made.addEventListener("click", press);
    bar.append(made);
    return made;
  }

  function start(area) {
    var words = area.dataset;
    var frame = area.closest(".richtext"), place = document.createElement("div"), bar = document.createElement("div");
    var label = document.querySelector("label[for='" + area.id + "']");
    if (label && !label.id) label.id = area.id + "_label";
    place.className = "richtext__text prose";
    bar.className = "richtext__bar";
    bar.setAttribute("role", "toolbar");
    bar.setAttribute("aria-label", words.bar);
    bar.setAttribute("aria-controls", area.id + "_editor");
    var attributes = { id: area.id + "_editor", role: "textbox", "aria-multiline": "true" };
    if (label) attributes["aria-labelledby"] = label.id;
    if (area.getAttribute("aria-describedby")) attributes["aria-describedby"] = area.getAttribute("aria-describedby");
    if (area.getAttribute("aria-invalid")) attributes["aria-invalid"] = "true";
    var buttons = [];
    var editor = new TipTap.Editor({
      element: place,
      injectCSS: false,
      content: area.dataset.html,
      editorProps: { attributes: attributes, transformPastedHTML: fromWord },
      extensions: [TipTap.StarterKit.configure({
        code: false, codeBlock: false, strike: false, underline: false, horizontalRule: false, blockquote: false,
        dropcursor: false, trailingNode: false, heading: { levels: [3] },
        link: { openOnClick: false, defaultProtocol: "https", protocols: ["mailto", "tel"] },
      })],
      onUpdate: function () {
        var hidden = frame.querySelector("input[type=hidden]");
        if (!hidden) {
          hidden = document.createElement("input");
          hidden.type = "hidden";
          hidden.name = area.name + "_html";
          frame.append(hidden);
        }
        hidden.value = editor.isEmpty ? "" : editor.getHTML();
        // A text without markup, for whoever listens to the field (saving while somebody types).
        area.value = editor.getText({ blockSeparator: "\n\n" });
        area.dispatchEvent(new Event("input", { bubbles: true }));
      },
      onTransaction: function () { buttons.forEach(function (each) { each(); }); },
    });

    function toggle(words, name, attributes, run) {
      var made = button(bar, words, function () { run(editor.chain().focus()).run(); });
      buttons.push(function () { made.setAttribute("aria-pressed", String(editor.isActive(name, attributes))); });
    }
    toggle(words.bold, "bold", {}, function (chain) { return chain.toggleBold(); });
    toggle(words.italic, "italic", {}, function (chain) { return chain.toggleItalic(); });
    toggle(words.heading, "heading", { level: 3 }, function (chain) { return chain.toggleHeading({ level: 3 }); });
    toggle(words.list, "bulletList", {}, function (chain) { return chain.toggleBulletList(); });
    toggle(words.numbers, "orderedList", {}, function (chain) { return chain.toggleOrderedList(); });
    linking(bar, editor, words, buttons, frame, area.id);

    // One stop for Tab, arrows within, as in any toolbar.
    bar.addEventListener("keydown", function (event) {
      var all = Array.from(bar.querySelectorAll("button")), at = all.indexOf(document.activeElement);
      var step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step || at < 0) return;
      event.preventDefault();
      if (getComputedStyle(bar).direction === "rtl") step = -step;
      var next = all[(at + step + all.length) % all.length];
      all.forEach(function (each) { each.tabIndex = each === next ? 0 : -1; });
      next.focus();
    });
    bar.querySelectorAll("button").forEach(function (each, at) { each.tabIndex = at ? -1 : 0; });

    // Tab goes on and Shift+Tab goes back, in a list too: TipTap would move the line in and out of its list instead, and
    // whoever only walks through the form would have changed the text.
    place.addEventListener("keydown", function (event) { if (event.key === "Tab") event.stopPropagation(); }, true);
    area.before(bar);
    bar.after(place);
    area.hidden = true;
    if (label) label.addEventListener("click", function () { editor.commands.focus(); });
    document.querySelectorAll("a[href='#" + area.id + "']").forEach(function (link) {
      link.addEventListener("click", function (event) { event.preventDefault(); editor.commands.focus(); });
    });
    // The plain field's words about blank lines and dashes are not needed here.
    frame.querySelectorAll("[data-plain-only]").forEach(function (each) { each.hidden = true; });
    buttons.forEach(function (each) { each(); });
  }

  function linking(bar, editor, words, buttons, frame, id) {
    var box = document.createElement("div"), input = document.createElement("input"), label = document.createElement("label");
    box.className = "richtext__link";
    box.hidden = true;
    box.id = id + "_link";
    label.textContent = words.address;
    label.htmlFor = input.id = id + "_address";
    input.type = "text";
    input.inputMode = "url";
    input.className = "input";
    input.placeholder = "https://";
    box.append(label, input);
    function close() { box.hidden = true; opener.setAttribute("aria-expanded", "false"); editor.commands.focus(); }
    function take() {
      var address = input.value.trim();
      if (address && !/^(https?:|mailto:|tel:|#|\/)/i.test(address)) address = (address.indexOf("@") > 0 ? "mailto:" : "https://") + address;
      var chain = editor.chain().focus().extendMarkRange("link");
      if (!address) chain.unsetLink().run();
      else if (editor.state.selection.empty && !editor.isActive("link")) chain.insertContent({ type: "text", text: input.value.trim(), marks: [{ type: "link", attrs: { href: address } }] }).run();
      else chain.setLink({ href: address }).run();
      close();
    }
    button(box, words.take, take);
    button(box, words.remove, function () { input.value = ""; take(); });
    input.addEventListener("keydown", function (event) {
      if (event.key === "Enter") { event.preventDefault(); take(); }
      if (event.key === "Escape") { event.preventDefault(); close(); }
    });
    // What is typed here is no answer of the form.
    ["input", "change"].forEach(function (kind) { box.addEventListener(kind, function (event) { event.stopPropagation(); }); });
    var opener = button(bar, words.link, function () {
      box.hidden = !box.hidden;
      opener.setAttribute("aria-expanded", String(!box.hidden));
      if (box.hidden) return;
      input.value = editor.getAttributes("link").href || "";
      input.focus();
    });
    opener.setAttribute("aria-expanded", "false");
    opener.setAttribute("aria-controls", box.id);
    bar.after(box);
    frame.insertBefore(box, frame.firstChild);
    buttons.push(function () { opener.setAttribute("aria-pressed", String(editor.isActive("link"))); });
  }

  document.querySelectorAll("textarea[data-richtext]").forEach(start);
})();
