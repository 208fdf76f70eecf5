// One file of <symbol>s instead of a picture per icon: fetched once, coloured by the text around it.
import { readFileSync } from "node:fs";

// our name: Lucide's name. Ours say what the icon means here, so that a picture can change in one place.
export const ICONS = {
  // subjects of offers (municipalities choose from these for their categories)
  school: "school", education: "graduation-cap", book: "book-open", language: "languages",
  sport: "volleyball", fitness: "dumbbell", music: "music", art: "palette", theater: "drama",
  dance: "sparkles", family: "users-round", baby: "baby", child: "toy-brick", youth: "backpack",
  senior: "armchair", health: "heart-pulse", medicine: "stethoscope", advice: "messages-square",
  help: "hand-helping", volunteer: "hand-heart", work: "briefcase", craft: "hammer", money: "banknote",
  house: "house", computer: "laptop", nature: "trees", garden: "sprout", animal: "paw-print",
  food: "utensils", meeting: "coffee", party: "party-popper", mobility: "bus", bike: "bike",
  disability: "accessibility", law: "scale", faith: "church", culture: "landmark", library: "library",
  game: "gamepad-2", science: "flask-conical", swim: "waves", camp: "tent", idea: "lightbulb",
  integration: "handshake", puzzle: "puzzle", safety: "shield", media: "clapperboard",
  // facts of an offer
  calendar: "calendar-days", clock: "clock", repeat: "repeat", pin: "map-pin", phone: "phone",
  mail: "mail", web: "globe", euro: "euro", ticket: "ticket", users: "users", user: "user",
  building: "building-2", online: "monitor", file: "file-text", image: "image", map: "map", list: "list",
  // things to press and states
  search: "search", filter: "sliders-horizontal", close: "x", menu: "menu", "arrow-forward": "arrow-right",
  "arrow-back": "arrow-left", "chevron-forward": "chevron-right", "chevron-back": "chevron-left",
  "chevron-down": "chevron-down", external: "external-link", print: "printer", share: "share-2",
  info: "info", warning: "triangle-alert", check: "check", success: "circle-check", danger: "circle-alert",
  heart: "heart", star: "star", plus: "plus", edit: "pencil", delete: "trash-2", download: "download",
  upload: "upload", copy: "copy", settings: "settings", eye: "eye", "sign-in": "log-in",
  "sign-out": "log-out", flag: "flag", chart: "chart-column", news: "newspaper", question: "circle-question-mark",
};

const shapes = (svg) =>
  svg
    .replace(/<!--.*?-->/gs, "")
    .replace(/^[\s\S]*?<svg[^>]*>/, "")
    .replace("</svg>", "")
    .replace(/\s+/g, " ")
    .replace(/> </g, "><")
    .replace(/ \/>/g, "/>")
    .trim();

export function buildSprite(folder) {
  const symbols = Object.entries(ICONS).map(([name, lucide]) => {
    const svg = readFileSync(`${folder}/${lucide}.svg`, "utf8");
    return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${shapes(svg)}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg"><!-- Lucide icons, ISC licence, see LICENSE-lucide.txt -->\n${symbols.join("\n")}\n</svg>\n`;
}
