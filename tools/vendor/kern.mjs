// KERN as published is 340 KB, written with physical directions and one level of specificity fights.
// This makes the file we serve: only the components we use, logical properties (Arabic, Farsi), and one
// cascade layer, so that any rule of ours wins without !important and a map library's SVG is left alone.
import { readFileSync } from "node:fs";
import { transform } from "lightningcss";
import postcss from "postcss";

// Blocks (BEM) that our templates use. Everything else with a .kern- class is dropped; rules without a
// .kern- class (resets, :root, themes) always stay: PurgeCSS dropped `:is(body, …)` and broke all themes.
const KEPT_BLOCKS = new Set(["body", "btn", "dark", "error", "label", "light", "table"]);

const DROPPED_GLOBALS = [
  /^\.kern-(level|layer)/, // nested grounds: not used
];

const LOGICAL = {
  "margin-left": "margin-inline-start",
  "margin-right": "margin-inline-end",
  "margin-top": "margin-block-start",
  "margin-bottom": "margin-block-end",
  "padding-left": "padding-inline-start",
  "padding-right": "padding-inline-end",
  "padding-top": "padding-block-start",
  "padding-bottom": "padding-block-end",
  "border-left": "border-inline-start",
  "border-right": "border-inline-end",
  "border-top": "border-block-start",
  "border-bottom": "border-block-end",
  "border-bottom-width": "border-block-end-width",
  "border-top-left-radius": "border-start-start-radius",
  "border-top-right-radius": "border-start-end-radius",
  left: "inset-inline-start",
  right: "inset-inline-end",
  top: "inset-block-start",
  bottom: "inset-block-end",
};

const SIDES = new Set(["padding", "margin"]);

const block = (selector) => {
  const match = selector.match(/\.kern-([a-z0-9]+(?:-[a-z0-9]+)*)/);
  return match && match[1];
};

const kept = (selector) => {
  if (DROPPED_GLOBALS.some((pattern) => pattern.test(selector))) return false;
  // `.kern-icon` alone is a mask per icon; we draw icons from our own sprite.
  if (/\.kern-(icon|loader|kopfzeile|row|col|flex|card|dropdown|preline|subline|hgroup)/.test(selector)) {
    return /:is\(body/.test(selector);
  }
  const name = block(selector);
  return name === null || name === undefined || KEPT_BLOCKS.has(name);
};

function dropUnusedRules(root) {
  root.walkRules((rule) => {
    const selectors = rule.selectors.filter(kept);
    if (selectors.length === 0) rule.remove();
    else if (selectors.length < rule.selectors.length) rule.selectors = selectors;
  });
  root.walkDecls("scrollbar-gutter", (decl) => decl.remove()); // leaves an empty strip beside the page
  root.walkComments((comment) => comment.remove());
}

function splitTop(value) {
  const parts = [];
  let depth = 0;
  let current = "";
  for (const char of value) {
    if (char === "(") depth += 1;
    if (char === ")") depth -= 1;
    if (char === " " && depth === 0) {
      if (current) parts.push(current);
      current = "";
    } else current += char;
  }
  if (current) parts.push(current);
  return parts;
}

function makeLogical(root) {
  root.walkDecls((decl) => {
    if (LOGICAL[decl.prop]) decl.prop = LOGICAL[decl.prop];
    else if (["text-align", "float", "clear"].includes(decl.prop)) {
      decl.value = { left: "start", right: "end" }[decl.value] ?? decl.value;
      if (decl.prop !== "text-align") decl.value = { start: "inline-start", end: "inline-end" }[decl.value] ?? decl.value;
    } else if (SIDES.has(decl.prop)) expandSides(decl);
  });
  // The tick of a checkbox is two borders turned by 47°: it must not be mirrored.
  root.walkRules(/form-check__checkbox/, (rule) => {
    if (rule.selector === ".kern-form-check__checkbox") rule.append({ prop: "direction", value: "ltr" });
  });
}

function expandSides(decl) {
  const parts = splitTop(decl.value);
  if (parts.length !== 4 || parts[1] === parts[3]) return;
  const [top, right, bottom, left] = parts;
  decl.cloneBefore({ prop: `${decl.prop}-block`, value: `${top} ${bottom}` });
  decl.cloneBefore({ prop: `${decl.prop}-inline`, value: `${left} ${right}` });
  decl.remove();
}

function dropUnusedVariables(root, alsoUsed) {
  for (;;) {
    const used = new Set(alsoUsed);
    root.walkDecls((decl) => {
      for (const match of decl.value.matchAll(/var\((--[a-z0-9-]+)/gi)) used.add(match[1]);
    });
    let removed = 0;
    root.walkDecls(/^--/, (decl) => {
      if (!used.has(decl.prop)) {
        decl.remove();
        removed += 1;
      }
    });
    if (removed === 0) break;
  }
  root.walkRules((rule) => rule.nodes.length === 0 && rule.remove());
  root.walkAtRules((at) => at.nodes && at.nodes.length === 0 && at.remove());
}

export function buildKern(source, alsoUsed, header) {
  const root = postcss.parse(readFileSync(source, "utf8"));
  root.walkAtRules("charset", (at) => at.remove());
  dropUnusedRules(root);
  makeLogical(root);
  dropUnusedVariables(root, alsoUsed);
  const layered = `@layer kern {\n${root.toString()}\n}\n`;
  const { code } = transform({
    filename: "kern.css",
    code: Buffer.from(layered),
    minify: true,
    targets: { chrome: 111 << 16, firefox: 113 << 16, safari: (16 << 16) | (4 << 8) },
  });
  return `${header}\n${code.toString()}\n`;
}
