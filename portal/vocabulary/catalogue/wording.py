"""Differences, links and entries as the pages say them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from portal.taxonomy.adoption.differences import Difference, Outlook
from portal.taxonomy.adoption.engine.town import (
    ADDED,
    APART,
    CIRCLE,
    DEEP,
    JOINED,
    MERGED,
    PARENT,
    POSITION,
    REMOVED,
    SPOKEN,
    TAKEN,
    TWIN,
    Link,
    Row,
    Town,
    own_fields,
)
from portal.taxonomy.adoption.kinds import Adoptable, kind
from portal.translation.languages import BY_CODE


@dataclass(frozen=True, slots=True)
class Line:
    """One difference: what it is about, what is here, what the catalogue has, and what there is to know."""

    key: str
    name: str
    url: str
    what: str
    here: str
    there: str
    note: str
    can: bool
    # Whether one's own can be kept for good: translations cannot be, they are only shown.
    stays: bool


@dataclass(frozen=True, slots=True)
class Part:
    """Lines that belong together."""

    key: str
    title: str
    text: str
    lines: list[Line]
    ticked: bool = False


def parts(outlook: Outlook, town: Town) -> list[Part]:
    """All differences in the order in which one decides."""
    waiting = set(map(id, outlook.waiting))
    found = [(each, line_of(each, town, outlook.after)) for each in outlook.found]
    mine = [line for each, line in found if each.own]
    stuck = [line for each, line in found if not each.can]
    further = [line for each, line in found if not each.in_all and each.can and not each.own]
    made = [
        Part(
            "neu",
            _("What the release changes"),
            _("What you take is visible at once and can be taken back."),
            [line for each, line in found if id(each) in waiting],
            ticked=True,
        ),
        Part("eigen", _("Changed by you"), _("Yours stays. Tick what shall be as in the catalogue instead."), mine),
        Part("geht-nicht", _("Cannot be taken as it is"), _("Nothing of it happens by itself."), stuck),
        Part("weiteres", _("Also in the catalogue"), _("Not part of what you have adopted."), further),
    ]
    return [part for part in made if part.lines]


def line_of(difference: Difference, town: Town, after: Town) -> Line:
    """One difference in words."""
    adoptable = kind(difference.kind)
    assert adoptable is not None
    code = difference.key.partition(".")[0]
    row = town.row_of(code)
    name = difference.name or _place(difference.kind, difference.about, town, after)
    return Line(
        key=difference.key,
        name=name,
        url=adoptable.url(row.pk) if row is not None else "",
        what=what_of(difference.field, adoptable),
        here=_side(difference, difference.before, town, after),
        there=_side(difference, difference.after, town, after),
        note=note_of(difference, town, after),
        can=difference.can,
        stays=difference.field != SPOKEN and difference.note not in {APART, TWIN},
    )


def what_of(field: str, adoptable: Adoptable) -> str:
    """What differs."""
    words = {
        ADDED: _("new in the catalogue"),
        REMOVED: _("removed from the catalogue"),
        MERGED: _("merged in the catalogue"),
        PARENT: _("place"),
        POSITION: _("order"),
        SPOKEN: _("names in other languages"),
    }
    return words.get(field) or str(adoptable.words.get(field, field))


def _side(difference: Difference, value: Any, town: Town, after: Town) -> str:
    if difference.field in {MERGED, REMOVED}:
        return ""
    if difference.field == ADDED:
        return _added(difference, town, after) if value is difference.after else ""
    if difference.field == PARENT:
        return _place(difference.kind, value, town, after)
    if difference.field == POSITION:
        return ", ".join(name_of(difference.kind, pk, town, after) for pk in value)
    return value_of(difference.field, value)


def _added(difference: Difference, town: Town, after: Town) -> str:
    if difference.value is None or not difference.in_all:
        return difference.value.definition if difference.value is not None else ""
    return (
        _("below “%(name)s”") % {"name": name_of(difference.kind, difference.after, town, after)}
        if (difference.after is not None)
        else ""
    )


def value_of(field: str, value: Any) -> str:
    """A value of a field."""
    if value in (None, "", [], {}):
        return pgettext("a value", "empty")
    if field == SPOKEN:
        return " · ".join(f"{BY_CODE[code].name if code in BY_CODE else code}: {name}" for code, name in value.items())
    if field == "ages":
        return _ages(*value)
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _ages(low: int | None, high: int | None) -> str:
    if low is not None and high is not None:
        return _("%(low)d to %(high)d years") % {"low": low, "high": high}
    if low is not None:
        return _("from %(low)d years on") % {"low": low}
    return _("up to %(high)d years") % {"high": high} if high is not None else pgettext("a value", "empty")


def name_of(which: str, pk: int | None, town: Town, after: Town) -> str:
    """What a row is called."""
    if pk is None:
        return _("at the top")
    row = town.rows.get(which, {}).get(pk) or after.rows.get(which, {}).get(pk)
    return title_of(row.values) if row is not None else _("gone")


def title_of(values: Mapping[str, Any]) -> str:
    """A row of any kind, as one line names it."""
    found = values.get("name") or values.get("text") or ", ".join(values.get("words", ()))
    return str(found)


def _place(which: str, pk: int | None, town: Town, after: Town) -> str:
    return name_of(which, pk, town, after)


def note_of(difference: Difference, town: Town, after: Town) -> str:
    """What else there is to know: why not, or what becomes of it."""
    about = name_of(difference.kind, difference.about, town, after) if difference.about is not None else ""
    told = {
        CIRCLE: _("In your order the place above stands below it: it would be a circle."),
        DEEP: _("There would be too many levels."),
        TAKEN: _("“%(name)s” has this name at this place.") % {"name": about},
        TWIN: _("Perhaps the same as “%(name)s”: see the proposals.") % {"name": about},
        JOINED: _("Goes into “%(name)s” with everything that belongs to it; old links lead there.") % {"name": about},
        APART: _("Both have entries of one name below them, or it would be too deep. Please merge them by hand."),
        "retired": _("Nothing hangs on it: it is retired."),
        "gone": _("It is deleted here, too."),
        "own": _("It is in use or changed by you: it stays, as your own."),
    }
    return told.get(difference.note, "")


def own_words(link: Link, row: Row) -> str:
    """What the municipality changed in an adopted entry."""
    adoptable = kind(link.kind)
    assert adoptable is not None
    found = [what_of(each, adoptable) for each in own_fields(link, row)]
    return ", ".join([*found, _("hidden")] if row.retired else found)


def done_words(new: int, changed: int, gone: int) -> str:
    """What came of it."""
    told = [
        (new, ngettext("%(number)d new", "%(number)d new", new)),
        (changed, ngettext("%(number)d changed", "%(number)d changed", changed)),
        (gone, ngettext("%(number)d merged or gone", "%(number)d merged or gone", gone)),
    ]
    said = [words % {"number": number} for number, words in told if number]
    return _("Done: %(what)s.") % {"what": ", ".join(said)} if said else _("There was nothing to do.")
