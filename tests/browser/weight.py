"""How heavy a first view is on the line, and how far things move in it."""

from playwright.sync_api import Page

SHIFTS = """() => {
    window.shifted = 0;
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
    }).observe({type: "layout-shift", buffered: true});
}"""


def first_view(page: Page, address: str) -> tuple[dict[str, int], float]:
    """Bytes of each address a first visit loads, and how far things moved."""
    names: dict[str, str] = {}
    sizes: dict[str, int] = {}
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.requestWillBeSent", lambda event: names.update({event["requestId"]: event["request"]["url"]}))
    session.on(
        "Network.loadingFinished",
        lambda event: sizes.update({names[event["requestId"]]: int(event["encodedDataLength"])}),
    )
    page.add_init_script(f"({SHIFTS})()")
    page.goto(address, wait_until="networkidle")
    page.evaluate("() => document.fonts.ready.then(() => new Promise(requestAnimationFrame))")
    return sizes, float(page.evaluate("() => window.shifted"))
