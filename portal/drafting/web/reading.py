"""A page as what could become offers: its events, else what its Open Graph and its words say."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from core.lazy import lazy
from portal.drafting.reading.contacts import Contact
from portal.drafting.reading.costs import Cost
from portal.drafting.reading.everything import Reading, read, shortened
from portal.drafting.reading.lines import Line, Sheet, Word, sheet_of
from portal.drafting.reading.places import Place, place
from portal.drafting.reading.rules import Doubt, doubts_of_days
from portal.drafting.web.moments import when_of
from portal.drafting.web.nodes import Node, events_of, first, listed, text_of, types_of

if TYPE_CHECKING:
    import turbohtml
else:
    turbohtml = lazy("turbohtml")

MOST_OFFERS, MOST_LINES = 20, 400
DESCRIPTION = 4000
_TAGS = re.compile(r"<[^<>]{0,200}>")
_SITE = re.compile(r"\s+[|–—»•-]\s+[^|–—»•]{2,60}$")


def read_page(content: bytes, url: str, *, encoding: str = "", today: date) -> list[Reading]:
    """What could become offers, the next to take place first; empty where a page says nothing of the kind."""
    document = turbohtml.parse(content, encoding=encoding) if encoding else turbohtml.parse(content)
    graph = {name: value for name, value in document.structured_data().opengraph.items() if isinstance(value, str)}
    groups = _together(events_of(document))
    found = [each for nodes in groups if (each := _of_event(nodes, url, graph, today)).title]
    found.sort(key=lambda each: (each.when is None or Doubt.PAST in each.when.doubts, _first_day(each)))
    return found[:MOST_OFFERS] or _of_words(document, graph, url, today)


def _first_day(each: Reading) -> str:
    return str(each.when.rules[0]["first_date"]) if each.when else "9999"


def _together(nodes: list[Node]) -> list[list[Node]]:
    """Events of one name at one place are one offer on several days."""
    groups: dict[tuple[str, str], list[Node]] = {}
    for node in nodes:
        groups.setdefault((text_of(node.get("name")).lower(), text_of(node.get("location")).lower()), []).append(node)
    return list(groups.values())


def _of_event(nodes: list[Node], url: str, graph: dict[str, str], today: date) -> Reading:
    node = nodes[0]
    when = when_of(nodes)
    if when is not None:
        for rule in when.rules:
            rule["first_date"] = rule["first_date"] or today.isoformat()
        when.doubts |= doubts_of_days(when.rules, today)
        if any(
            "EventCancelled" in text_of(each.get("eventStatus")) or "Postponed" in text_of(each.get("eventStatus"))
            for each in nodes
        ):
            when.doubts.add(Doubt.OFF)
    told = _told(text_of_html(node.get("description"))) or _told(graph.get("og:description", ""))
    image = _image(node.get("image")) or graph.get("og:image", "")
    name = text_of_html(node.get("name"))[:255]
    return Reading(
        title=name,
        title_sure=True,
        when=when,
        place=_place(node.get("location")),
        cost=_cost(node),
        contact=_contact(node, url),
        summary=shortened(told),
        description=told if len(told) > 300 else "",
        online_url=_online(node, url),
        image=_absolute(image, url),
    )


def text_of_html(value: Any) -> str:
    """Words of a value that may hold markup."""
    said = text_of(value)
    if "<" in said or "&" in said:
        said = turbohtml.parse(said).to_text()
    return " ".join(_TAGS.sub(" ", said).split())


def _told(text: str) -> str:
    return text[:DESCRIPTION]


def _image(value: Any) -> str:
    found = first(value)
    if isinstance(found, dict):
        return text_of(found.get("contentUrl") or found.get("url") or found.get("@id"))
    return text_of(found)


def _absolute(address: str, url: str) -> str:
    """The address of a picture or page; empty for what is none."""
    try:
        whole = urljoin(url, address.strip()) if address.strip() else ""
        return whole if urlsplit(whole).scheme in {"http", "https"} and len(whole) <= 500 else ""
    except ValueError:
        return ""


# Where


def _place(value: Any) -> Place | None:
    for each in listed(value):
        if isinstance(each, str):
            return _written(each)
        if isinstance(each, dict) and not any("Virtual" in name for name in types_of(each)):
            return _placed(each)
    return None


def _written(said: str) -> Place | None:
    from_words = place(sheet_of(said), titled=set())
    return from_words or (Place(name=said[:200], said=said[:200]) if said.strip() else None)


def _placed(node: Node) -> Place | None:
    name, address = text_of_html(node.get("name"))[:200], first(node.get("address"))
    if isinstance(address, dict):
        street, postcode, city = (
            text_of_html(address.get(key)) for key in ("streetAddress", "postalCode", "addressLocality")
        )
        digits = "".join(sign for sign in postcode if sign.isdigit())
        postcode = digits if len(digits) == 5 else ""
        if not any((name, street, postcode, city)):
            return None
        return Place(
            name,
            street[:200],
            postcode,
            city[:120],
            sure=bool(street and (postcode or city)),
            said=", ".join(filter(None, (name, street, f"{postcode} {city}".strip()))),
        )
    written = _written(text_of_html(address)) if address else None
    if written is None:
        return Place(name=name, said=name) if name else None
    return Place(name or written.name, written.street, written.postcode, written.city, written.sure, written.said)


def _online(node: Node, url: str) -> str:
    mode = text_of(node.get("eventAttendanceMode"))
    places = [each for each in listed(node.get("location")) if isinstance(each, dict)]
    virtual = [each for each in places if any("Virtual" in name for name in types_of(each))]
    if virtual or "Online" in mode or "Mixed" in mode:
        return _absolute(text_of(virtual[0].get("url")) if virtual else "", url) or "online"
    return ""


# What it costs, whom to ask


def _cost(node: Node) -> Cost | None:
    if (
        text_of(node.get("isAccessibleForFree")).lower() in {"true", "1"}
        or first(node.get("isAccessibleForFree")) is True
    ):
        return Cost("free", sure=True)
    offers = [each for each in listed(node.get("offers")) if isinstance(each, dict)]
    prices = sorted({amount for each in offers if (amount := _amount(each)) is not None})
    strange = {text_of(each.get("priceCurrency")) for each in offers} - {"EUR", "€", ""}
    if not prices or strange:
        return None
    if prices == [Decimal(0)]:
        return Cost("free", sure=True)
    if len(prices) > 1 or any("lowPrice" in each for each in offers):
        words = " / ".join(f"{price:.2f} €".replace(".", ",") for price in prices)
        return Cost("text", text=words, said=words)
    return Cost("amount", prices[0].quantize(Decimal("0.01")), sure=True)


def _amount(offer: Node) -> Decimal | None:
    said = text_of(offer.get("price") if offer.get("price") is not None else offer.get("lowPrice"))
    try:
        amount = Decimal(said.replace("€", "").replace(",", ".").strip())
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and 0 <= amount < 100_000 else None


def _contact(node: Node, url: str) -> Contact:
    people = [
        each
        for name in ("contactPoint", "organizer", "performer")
        for each in listed(node.get(name))
        if isinstance(each, dict)
    ]
    people += [inner for each in people for inner in listed(each.get("contactPoint")) if isinstance(inner, dict)]
    phone = next((said for each in people if (said := text_of(each.get("telephone")))), "")
    mail = next((said for each in people if "@" in (said := text_of(each.get("email")).removeprefix("mailto:"))), "")
    person = next(
        (text_of(each.get("name")) for each in people if any(name.endswith("Person") for name in types_of(each))), ""
    )
    offers = [each for each in listed(node.get("offers")) if isinstance(each, dict)]
    web = next((said for each in offers if (said := _absolute(text_of(each.get("url")), url)) and said != url), "")
    return Contact(phone[:60], bool(phone), mail[:254], bool(mail), person[:160], web)


# A page without events


def _of_words(document: "turbohtml.Document", graph: dict[str, str], url: str, today: date) -> list[Reading]:
    """What Open Graph and the words of the page say. Dates from running text are always asked."""
    for each in document.select("script, style, nav, header nav, footer, noscript, template, form"):
        each.decompose()
    heading = document.select_one("h1")
    title = graph.get("og:title", "") or (heading.text if heading is not None else "")
    sheet = Sheet(list(_lines(document)))
    found = read(sheet, today=today)
    title = " ".join(title.split()) or found.title
    found.title = (_SITE.sub("", title) or title)[:255]
    found.title_sure = False
    if found.when is not None:
        found.when.doubts.add(Doubt.TEXT)
    told = " ".join(graph.get("og:description", "").split())
    found.summary = shortened(told) or found.summary
    found.image = _absolute(graph.get("og:image", ""), url)
    is_something = found.when is not None or "event" in graph.get("og:type", "")
    return [found] if found.title and (is_something or told) else []


def _lines(document: "turbohtml.Document") -> list[Line]:
    body = document.select_one("main, article, [role=main]") or document.select_one("body")
    if body is None:
        return []
    headings = {" ".join(each.text.split()) for each in body.select("h1, h2, h3")}
    rows = [" ".join(row.split()) for row in body.to_text().splitlines()]
    kept = [row[:600] for row in rows if row][:MOST_LINES]
    return [
        Line(
            tuple(map(Word, row.split())),
            top=1000 * number / len(kept),
            height=20 if row in headings else 10,
            heading=row in headings,
        )
        for number, row in enumerate(kept)
    ]
