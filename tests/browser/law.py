"""What WCAG 2.2 AA asks of a page, as far as a browser can measure it. Each check returns its complaints as text."""

from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Page

from tests import browsing

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# Whatever holds text and is cut off by a parent that hides what runs over. Left alone: what nobody is meant to see,
# lines shortened on purpose, and the names on a map, which ends somewhere.
_CUT = """() => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const node = walker.currentNode, parent = node.parentElement;
        const passed = ".visually-hidden, .skip, svg, option, [aria-hidden=true], .leaflet-container";
        if (!node.data.trim() || parent.closest(passed)) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        const text = range.getBoundingClientRect();
        if (!text.width || !text.height || !parent.checkVisibility()) continue;
        for (let box = parent; box && box !== document.body; box = box.parentElement) {
            const style = getComputedStyle(box);
            if (style.webkitLineClamp !== "none" || style.textOverflow === "ellipsis") break;
            // Only for screen readers, as .visually-hidden, but depending on the width.
            if (style.clipPath === "inset(50%)") break;
            const hides = way => ["hidden", "clip"].includes(way);
            const edge = box.getBoundingClientRect();
            if ((hides(style.overflowX) && (text.right > edge.right + 2 || text.left < edge.left - 2))
                || (hides(style.overflowY) && (text.bottom > edge.bottom + 2 || text.top < edge.top - 2))) {
                found.push(node.data.trim().slice(0, 40));
                break;
            }
        }
    }
    return found;
}"""
_WIDER = """() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const scrolls = e => ["auto", "scroll"].includes(getComputedStyle(e).overflowX);
    return [...document.querySelectorAll("body *")]
        .filter(e => e.checkVisibility() && e.getBoundingClientRect().right > width + 1)
        .filter(e => { while ((e = e.parentElement)) if (scrolls(e)) return false; return true; })
        .slice(0, 3).map(e => e.outerHTML.slice(0, 120));
}"""
_LANGUAGE = """() => {
    const root = document.documentElement;
    const right = ["ar", "fa", "he", "ur", "ckb", "ps"].includes(root.lang.split("-")[0]);
    const wrong = (root.dir || "ltr") !== (right ? "rtl" : "ltr");
    return !root.lang ? ["the page names no language"] : wrong ? [`${root.lang} does not run ${root.dir}`] : [];
}"""
_MOVES = """() => [...document.querySelectorAll("body *")]
    .filter(e => { const s = getComputedStyle(e); const long = v => v.split(",").some(t => parseFloat(t) > 0.01);
                   return (s.animationName !== "none" && long(s.animationDuration))
                       || (s.transitionProperty !== "none" && long(s.transitionDuration)); })
    .slice(0, 3).map(e => e.outerHTML.slice(0, 120))"""
# Every control a person can reach with Tab: one of each group of radio buttons, nothing inside a closed <details>.
_REACHABLE = """() => {
    const groups = new Set();
    return [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
        .filter(e => e.tabIndex >= 0 && !e.disabled && e.type !== "hidden")
        .filter(e => e.checkVisibility({visibilityProperty: true}))
        .filter(e => e.type !== "radio" || (!groups.has(e.name) && groups.add(e.name)))
        .map((e, number) => { e.dataset.reach = number; return e.outerHTML.slice(0, 120); });
}"""
_FROM_THE_TOP = """() => {
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute("tabindex");
}"""
_FOCUSED = """() => {
    const e = document.activeElement;
    if (!e || e === document.body) return null;
    const drawn = s => (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2) || s.boxShadow !== "none";
    const shown = [getComputedStyle(e), getComputedStyle(e, "::after"), getComputedStyle(e, "::before")].some(drawn);
    const box = e.getBoundingClientRect();
    const points = [[.5, .5], [.1, .5], [.9, .5], [.5, .1], [.5, .9]];
    const free = points.some(([x, y]) => {
        const top = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
        return top && (e.contains(top) || top.contains(e) || top.closest("label")?.control === e);
    });
    return {reach: e.dataset.reach ?? null, shown, free, radio: e.type === "radio" ? e.name : "",
            html: `${e.dataset.reach ?? ""} ${e.outerHTML.slice(0, 120)}`};
}"""


def barriers(page: Page, part: str | None = None) -> list[str]:
    """What axe finds on the page or in a part of it (a selector); its rules for WCAG 2.2 AA (targets of 24 pixels
    included) and good practice."""
    return browsing.barriers(page, part, runOnly=TAGS)


def too_small(page: Page) -> list[str]:
    """On a phone, too, what one presses measures 24 pixels or keeps its distance."""
    page.set_viewport_size({"width": 390, "height": 844})
    return browsing.barriers(page, runOnly=["target-size"])


def too_wide(page: Page) -> list[str]:
    """Content at 320 pixels (400 % zoom) must not need scrolling sideways."""
    page.set_viewport_size({"width": 320, "height": 640})
    return [f"wider than 320 pixels: {html}" for html in page.evaluate(_WIDER)]


def cut_off(page: Page) -> list[str]:
    """With text at twice its size nothing is cut off and nothing needs scrolling sideways."""
    page.set_viewport_size({"width": 1280, "height": 900})
    page.evaluate("() => { document.documentElement.style.fontSize = '200%'; }")
    found = [f"cut off at 200 %: {text}" for text in page.evaluate(_CUT)]
    found += [f"too wide at 200 %: {html}" for html in page.evaluate(_WIDER)]
    page.evaluate("() => { document.documentElement.style.fontSize = ''; }")
    return found


def language(page: Page) -> list[str]:
    """The page says its language and writes it in the right direction; axe looks at the marked parts."""
    return [f"language: {text}" for text in page.evaluate(_LANGUAGE)]


def movement(page: Page) -> list[str]:
    """Who asked for less movement gets none."""
    return [f"moves: {html}" for html in page.evaluate(_MOVES)]


def _steps(page: Page, expected: list[str]) -> Iterator[dict[str, Any]]:
    """What has the focus after each Tab, once each: date and time fields have several stops of their own."""
    known: set[str] = set()
    previous = None
    for _step in range(len(expected) + 5 * sum('type="date"' in html or 'type="time"' in html for html in expected)):
        page.keyboard.press("Tab")
        focused = page.evaluate(_FOCUSED)
        if focused is None or (focused["html"] != previous and focused["html"] in known):
            return
        if focused["html"] != previous:
            yield focused
        previous = focused["html"]
        known.add(previous)


def keyboard(page: Page) -> list[str]:
    """Tab reaches every control of the page, shows where it is, and nothing lies over it."""
    expected: list[str] = page.evaluate(_REACHABLE)
    page.evaluate(_FROM_THE_TOP)
    groups = set()
    reached = set()
    complaints = []
    for focused in _steps(page, expected):
        groups.add(focused["radio"])
        reached.add(focused["reach"])
        if not focused["shown"]:
            complaints.append(f"focus not visible: {focused['html']}")
        if not focused["free"]:
            complaints.append(f"focus covered: {focused['html']}")
    missed = [
        html
        for number, html in enumerate(expected)
        if str(number) not in reached and not any(name and f'name="{name}"' in html for name in groups)
    ]
    return [*complaints, *(f"not reached: {html}" for html in missed)]
