"""The list within the draft that people order by buttons: the logos of partners."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from portal.appearance.forms import PartnerForm
from portal.history.look import PARTNERS
from portal.revisions.tokens import Content
from theming.models import PartnerLogo

UP, DOWN, AWAY, MORE = "hoch", "runter", "weg", "mehr"
_BUTTON = re.compile(r"(hoch|runter|weg|mehr)-(partner)(?:-(\d{1,3}))?\Z")
# Empty lines below what is there.
SPARE = 1


class Rows:
    """One list of a page: its lines as forms, an empty one at the end, and the buttons beside them."""

    def __init__(
        self, name: str, rows: Sequence[Content], most: int, form: Callable[..., forms.Form], data: Any, files: Any
    ) -> None:
        self.name, self.most, self.given = name, most, data is not None
        number = min(len(rows) + SPARE, most)
        if data is not None:
            sent = data.get(f"{name}-zahl", "")
            number = min(int(sent), most) if sent.isdecimal() and len(sent) < 4 else 0
        self.forms = [
            form(
                data,
                files,
                prefix=f"{name}-{at}",
                initial=_initial(rows[at]) if at < len(rows) and data is None else None,
            )
            for at in range(number)
        ]

    @property
    def number(self) -> int:
        """How many lines were shown."""
        return len(self.forms)

    def is_valid(self) -> bool:
        """Each line, and no name twice."""
        checked = [each.is_valid() for each in self.forms]
        return all(checked) and self._all_different()

    def _all_different(self) -> bool:
        seen: set[str] = set()
        for form in self.forms:
            name = form.cleaned_data.get("name", "")
            if name and name in seen:
                form.add_error("name", _("Another logo has this name already."))
                return False
            seen.add(name)
        return True

    def said(self, pressed: tuple[str, int] | None) -> list[Content]:
        """What the draft keeps, after a button beside a line was pressed (`pressed`: what, and at which)."""
        lines: list[Content | None] = [form.said() for form in self.forms]  # type: ignore[attr-defined]  # a PartnerForm
        if pressed is not None:
            _move(lines, *pressed)
        return [each for each in lines if each is not None]


def _initial(row: Content) -> dict[str, Any]:
    return {**row, "kept": row["image"]} if "image" in row else dict(row)


def _move(lines: list[Any], what: str, at: int) -> None:
    if what == MORE or not 0 <= at < len(lines):
        return
    if what == AWAY:
        lines[at] = None
        return
    other = at - 1 if what == UP else at + 1
    if 0 <= other < len(lines):
        lines[at], lines[other] = lines[other], lines[at]


def lists_of(content: Content, known: Sequence[Content], data: Any = None, files: Any = None) -> list[Rows]:
    """The lists of the page. `known`: all logos a line may say it has."""
    pictures = {each["image"]: each for each in known}
    return [
        Rows(
            "partner",
            content[PARTNERS],
            PartnerLogo.MOST,
            lambda *given, **options: PartnerForm(*given, known=pictures, **options),
            data,
            files,
        ),
    ]


def pressed_in(data: QueryDict) -> tuple[str, str, int] | None:
    """Which button beside a line was pressed: what, in which list, at which line."""
    found = _BUTTON.match(data.get("tun", ""))
    return (found[1], found[2], int(found[3] or 0)) if found else None


def changes_of(lists: Sequence[Rows], pressed: tuple[str, str, int] | None) -> Content:
    """The keys of the draft."""
    names = {"partner": PARTNERS}
    return {
        names[each.name]: each.said((pressed[0], pressed[2]) if pressed and pressed[1] == each.name else None)
        for each in lists
    }
