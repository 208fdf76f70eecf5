// Copies and reworks the third-party files we serve. Run on an update only:
//   cd tools/vendor && npm install --ignore-scripts && npm run vendor && python fonts.py
// Its output is committed, so neither `make run` nor a server ever needs node.
import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { ICONS, buildSprite } from "./icons.mjs";
import { buildKern } from "./kern.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "node_modules");
const app = join(here, "..", "..", "theming");
const target = join(app, "static", "theming");
const vendor = join(target, "vendor");
const today = new Date().toISOString().slice(0, 10);
const version = (name) => JSON.parse(readFileSync(join(modules, name, "package.json"), "utf8")).version;

// Variables our own style sheets and the theme's read must survive the slimming.
function variablesInUse() {
  const used = new Set();
  const sources = [
    ...readdirSync(target).filter((f) => f.endsWith(".css")).map((f) => join(target, f)),
    join(app, "css.py"),
  ];
  for (const file of sources) {
    for (const match of readFileSync(file, "utf8").matchAll(/--kern-[a-z0-9-]+/g)) used.add(match[0]);
  }
  return used;
}

const header = `/*! KERN-UX native ${version("@kern-ux/native")}, https://www.kern-ux.de
 * Copyright the KERN team (Dataport). Licensed under the EUPL-1.2, see LICENSE-kern.md.
 * ALTERED on ${today} by the Chancenportal project: components not used removed, physical properties
 * replaced by logical ones, everything wrapped in the cascade layer "kern", minified.
 * Made by tools/vendor/vendor.mjs from dist/kern.css; do not edit by hand. */`;

mkdirSync(vendor, { recursive: true });
writeFileSync(
  join(vendor, "kern.css"),
  buildKern(join(modules, "@kern-ux/native/dist/kern.css"), variablesInUse(), header),
);
cpSync(join(modules, "@kern-ux/native/LICENSE.md"), join(vendor, "LICENSE-kern.md"));

writeFileSync(join(vendor, "icons.svg"), buildSprite(join(modules, "lucide-static/icons")));
cpSync(join(modules, "lucide-static/LICENSE"), join(vendor, "LICENSE-lucide.txt"));
// Python offers the same names to forms and checks templates against them.
writeFileSync(
  join(app, "icon_names.py"),
  `"""Names of the icons in static/theming/vendor/icons.svg; written by tools/vendor/vendor.mjs."""\n\n` +
    `ICON_NAMES: tuple[str, ...] = (\n${Object.keys(ICONS).map((n) => `    "${n}",\n`).join("")})\n`,
);

cpSync(join(modules, "htmx.org/dist/htmx.min.js"), join(vendor, "htmx.min.js"));
cpSync(join(modules, "htmx.org/LICENSE"), join(vendor, "LICENSE-htmx.txt"));

// The editor of long texts and the cutter of pictures: only on pages with such a field.
buildSync({
  entryPoints: [join(here, "editor.mjs")], outfile: join(vendor, "tiptap.js"), bundle: true, minify: true,
  format: "iife", globalName: "TipTap", target: "es2020", legalComments: "none",
  banner: { js: `/*! TipTap ${version("@tiptap/core")}, ProseMirror and linkifyjs, MIT; bundled by tools/vendor/vendor.mjs */` },
});
cpSync(join(modules, "@tiptap/core/LICENSE.md"), join(vendor, "LICENSE-tiptap.md"));
cpSync(join(modules, "cropperjs/dist/cropper.min.js"), join(vendor, "cropper.min.js"));
writeFileSync(
  join(vendor, "cropper.css"),
  `/*! Cropper.js ${version("cropperjs")}, MIT; its picture as a pattern removed by tools/vendor/vendor.mjs */\n` +
    `@layer kern, app;\n@layer kern {\n` +
    readFileSync(join(modules, "cropperjs/dist/cropper.css"), "utf8")
      .replace(/\/\*[\s\S]*?\*\//g, "").replace(/background-image: url\([^)]*\);/g, "").trim() + `\n}\n`,
);
cpSync(join(modules, "cropperjs/LICENSE"), join(vendor, "LICENSE-cropper.txt"));

// The map. Everything that names a picture of the package is cut out: we draw our own markers and have one layer.
const maps = join(here, "..", "..", "portal", "maps", "static", "maps", "vendor");
mkdirSync(maps, { recursive: true });
const withoutMap = (text) => text.replace(/\n\/\/# sourceMappingURL=\S+\s*$/, "\n");
const plain = (text) => text.replace(/[^{}]*\{[^{}]*url\([^{}]*\}/g, "").replace(/\/\*[\s\S]*?\*\//g, "");
for (const [name, file] of [["leaflet", "leaflet.js"], ["leaflet.markercluster", "leaflet.markercluster.js"]]) {
  const text = withoutMap(readFileSync(join(modules, name, "dist", file), "utf8"));
  const licence = name === "leaflet" ? "BSD-2-Clause" : "MIT";
  writeFileSync(join(maps, file), text.startsWith("/*") ? text : `/* ${name} ${version(name)}, ${licence} */\n${text}`);
}
const sheets = ["leaflet/dist/leaflet.css", "leaflet.markercluster/dist/MarkerCluster.css"]
  .map((file) => plain(readFileSync(join(modules, file), "utf8")));
// In KERN's layer, so that our own sheet always wins, as it does over KERN.
writeFileSync(
  join(maps, "leaflet.css"),
  `/*! Leaflet ${version("leaflet")} (BSD-2-Clause, see LICENSE-leaflet.txt) and Leaflet.markercluster ` +
    `${version("leaflet.markercluster")} (MIT); rules with pictures removed by tools/vendor/vendor.mjs */\n` +
    `@layer kern, app;\n@layer kern {\n${sheets.join("\n").replace(/\n\s*\n+/g, "\n").trim()}\n}\n`,
);
cpSync(join(modules, "leaflet/LICENSE"), join(maps, "LICENSE-leaflet.txt"));
cpSync(join(modules, "leaflet.markercluster/MIT-LICENCE.txt"), join(maps, "LICENSE-leaflet.markercluster.txt"));

for (const folder of [vendor, maps]) for (const name of readdirSync(folder)) console.log(name);
