"""The sheet “Your first two hours”: what a new editor does, to tick off on paper.

The text is `first_hours.md`. A step names the page where it is done; a page that is not there (any more) takes its step
along, so the sheet promises nothing that does not exist.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.urls import Resolver404, resolve

from portal.printing.dressing import dress
from portal.printing.models import Paper
from portal.printing.written import Written
from press.running import Sheets

TEXT = Path(__file__).with_name("first_hours.md")
_STEP = re.compile(r"- (?P<text>.+?)(?: → (?P<path>/\S*))?$")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, and where."""

    text: str
    path: str = ""


@dataclass(slots=True)
class Section:
    """A part of the two hours."""

    title: str
    steps: list[Step] = field(default_factory=list)


@dataclass(slots=True)
class Text:
    """The whole sheet."""

    title: str = ""
    lead: str = ""
    sections: list[Section] = field(default_factory=list)


def write(paper: Paper, folder: Path, day: date) -> Written:
    """Write the sheet."""
    text = read(TEXT.read_text(encoding="utf-8"))
    style = dress(folder, size="a4", kind="sheet")
    context = {"paper": paper, "text": text, "day": day, "code": style.code("code", f"{style.address}redaktion/")}
    style.write("page.html", "first_hours.html", context)
    return Written(Sheets(parts=["page.html"], folders=style.folders), sum(len(each.steps) for each in text.sections))


def read(written: str) -> Text:
    """The text without steps and parts that lead nowhere here."""
    text = Text()
    for line in written.splitlines():
        if line.startswith("## "):
            text.sections.append(Section(line[3:]))
        elif line.startswith("# "):
            text.title = line[2:]
        elif found := _STEP.match(line):
            if not found["path"] or is_here(found["path"]):
                text.sections[-1].steps.append(Step(found["text"], found["path"] or ""))
        elif line.strip():
            text.lead = f"{text.lead} {line.strip()}".strip()
    text.sections = [each for each in text.sections if each.steps]
    return text


def is_here(path: str) -> bool:
    """Whether there is such a page; what editors name themselves is none."""
    try:
        found = resolve(path)
    except Resolver404:
        return False
    return found.app_name != "pages"
