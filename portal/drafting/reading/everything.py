"""All of it: what a sheet says, as parts of an offer, each with whether it can be relied upon."""

import re
from dataclasses import dataclass, field
from datetime import date

from portal.drafting.reading import title as titles
from portal.drafting.reading.contacts import Contact, contact
from portal.drafting.reading.costs import Cost, cost
from portal.drafting.reading.lines import Line, Sheet
from portal.drafting.reading.places import Place, place
from portal.drafting.reading.rules import When
from portal.drafting.reading.running_text import running
from portal.drafting.reading.when import when

SUMMARY = 300
FEWEST_WORDS = 4
_USED = re.compile(
    r"uhr\b|€|\beuro?\b|@|www\.|\btel|\d{5}|\d{1,2}\.\s?\d{1,2}\.|anmeld|veranstalter|eintritt|kontakt", re.IGNORECASE
)


@dataclass(slots=True)
class Reading:
    """Everything that was found; what was not found is empty or None."""

    title: str = ""
    title_sure: bool = False
    when: When | None = None
    place: Place | None = None
    cost: Cost | None = None
    contact: Contact = field(default_factory=Contact)
    summary: str = ""
    description: str = ""
    online_url: str = ""
    image: str = ""


def read(sheet: Sheet, *, today: date) -> Reading:
    """What a flyer says."""
    found, sure = titles.title(sheet)
    titled = titles.lines_of(sheet, found) if found else set()
    where = place(sheet, titled=titled)
    return Reading(
        title=found,
        title_sure=sure,
        when=when(running(sheet), today=today),
        place=where,
        cost=cost(sheet),
        contact=contact(sheet),
        summary=_summary(sheet, titled, where),
    )


def _summary(sheet: Sheet, titled: set[int], where: Place | None) -> str:
    """Sentences that tell what happens: the lines that are no date, no price and no address."""
    elsewhere = f"{where.said} {where.name}" if where is not None else ""
    told = [
        line.text
        for number, line in enumerate(sheet.lines)
        if number not in titled and _tells(line) and line.text not in elsewhere
    ]
    text = shortened(" ".join(told))
    # A few words are a label, not a sentence.
    return text if len(text.split()) >= FEWEST_WORDS else ""


def shortened(text: str) -> str:
    """As much of a text as a summary may hold, up to the end of a sentence where there is one."""
    if len(text) <= SUMMARY:
        return text
    short = text[: SUMMARY - 1]
    end = max(short.rfind(sign) for sign in ".!?")
    return short[: end + 1] if end > 80 else short.rsplit(" ", 1)[0] + "…"


def _tells(line: Line) -> bool:
    words = line.text.split()
    letters = sum(map(str.isalpha, line.text))
    plain = letters >= 0.7 * len(line.text.replace(" ", ""))
    return len(words) >= 3 and plain and line.sure >= 60 and not _USED.search(line.text)
