"""What the page of the dates shows: rows, choices and their state, as plain values for its template."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal.offers.choices import ScheduleKind
from portal.offers.left_out import known_until, state_name
from portal.offers.models.schedule import Off

if TYPE_CHECKING:
    from portal.authoring.forms.base import Data


def data_of(answers: dict[str, Any], note: str, *, today: date) -> "Data":
    """The answers as a browser would send them. A draft that was never asked has no kind yet."""
    kind = answers["kind"]
    sent: dict[str, list[str]] = {
        "kind": [str(kind)],
        "note": [note],
        "first": [today.isoformat()],
        "m_first": [today.isoformat()],
    }
    for number, (day, start, end) in enumerate(answers.get("days", [])):
        sent |= {f"day_{number}": [day or ""], f"day_{number}_from": [start or ""], f"day_{number}_to": [end or ""]}
    sent["days"] = [str(max(1, len(answers.get("days", []))))]
    if answers.get("stretch"):
        names = ("p_first", "p_last", "p_from", "p_to")
        sent |= {name: [value or ""] for name, value in zip(names, answers["stretch"], strict=True)}
    if "first" in answers:
        sent |= _repetition(answers, "" if kind == ScheduleKind.WEEKLY else "m_")
    sent["weekday"] = [str(day) for day in answers.get("windows", {})]
    for day, windows in answers.get("windows", {}).items():
        sent |= _hours(f"w_{day}", windows)
    if "which" in answers:
        sent |= {"m_on": ["weekday"], "m_which": [str(answers["which"])], "m_weekday": [str(answers["weekday"])]}
        sent |= _hours("m", answers["hours"])
    if "month_day" in answers:
        sent |= {"m_on": ["day"], "m_day": [str(answers["month_day"])]}
        sent |= _hours("m", answers["hours"])
    # On public holidays hardly anything takes place: whoever begins is asked to take the tick away, not to set it.
    if not kind and state_name():
        sent["off"] = [Off.PUBLIC.value]
    return MultiValueDict(sent)


def _repetition(answers: dict[str, Any], prefix: str) -> dict[str, list[str]]:
    return {
        f"{prefix}first": [answers["first"]],
        f"{prefix}end": ["day" if answers["until"] else "open"],
        f"{prefix}until": [answers["until"] or ""],
        f"{prefix}interval": [str(answers["interval"])],
        "free": answers["free"],
        "off": answers["off"],
        **{f"why_{day}": [words] for day, words in answers["reasons"].items()},
    }


def _hours(stem: str, windows: list[tuple[Any, Any]]) -> dict[str, list[str]]:
    sent = {stem: [str(max(1, len(windows)))]}
    for number, (start, end) in enumerate(windows):
        sent |= {f"{stem}_{number}_from": [start or ""], f"{stem}_{number}_to": [end or ""]}
    return sent


def view_of(form: Any) -> dict[str, Any]:
    """Rows and choices."""
    return {
        "days": [
            {"day": form.slot(f"day_{at}"), "hours": _window(form, f"day_{at}"), "number": at + 1, "drop": f"day_{at}"}
            for at in range(form.count("days"))
        ],
        "days_count": form.count("days"),
        "week": [_weekday(form, day) for day in range(7)],
        "week_repetition": _again(form, ""),
        "month_hours": [_numbered(form, "m", at) for at in range(form.count("m"))],
        "month_count": form.count("m"),
        "month_repetition": _again(form, "m_"),
        "month_which": form.text("m_which"),
        "month_weekday": form.text("m_weekday"),
        "weekdays": [(str(day), str(name)) for day, name in WEEKDAYS.items()],
        "stretch": {"first": form.slot("p_first"), "last": form.slot("p_last"), "hours": _window(form, "p")},
        "month_on": form.text("m_on") or "weekday",
        "month_day": form.text("m_day"),
        "month_days": [
            *((str(day), f"{day}.") for day in range(1, 32)),
            ("-1", pgettext("of the month, to choose", "last day")),
        ],
        "free": [
            (day, date_format(date.fromisoformat(day), _("l, F j, Y")), form.slot(f"why_{day}")) for day in form.free
        ],
        "free_new": form.slot("free_new"),
        "free_why": form.slot("free_why"),
        **_holidays(form),
        "note": form.slot("note"),
    }


def _holidays(form: Any) -> dict[str, Any]:
    """Which holidays can be left out here: public ones where the state is known, school holidays where they are."""
    off, today = form.data.getlist("off"), timezone.localdate()
    state, until = state_name(), known_until(today)
    return {
        "state": state,
        "off_public": Off.PUBLIC in off,
        "off_school": Off.SCHOOL in off,
        "ask_public": bool(state) or Off.PUBLIC in off,
        "ask_school": until is not None or Off.SCHOOL in off,
        "school_until": until,
    }


def _window(form: Any, stem: str) -> dict[str, Any]:
    return {"from": form.slot(f"{stem}_from"), "to": form.slot(f"{stem}_to")}


def _numbered(form: Any, stem: str, at: int) -> dict[str, Any]:
    return {**_window(form, f"{stem}_{at}"), "number": at + 1, "drop": f"{stem}_{at}" if at else ""}


def _weekday(form: Any, day: int) -> dict[str, Any]:
    return {
        "value": str(day),
        "name": str(WEEKDAYS[day]),
        "checked": str(day) in form.data.getlist("weekday"),
        "count": form.count(f"w_{day}"),
        "windows": [_numbered(form, f"w_{day}", at) for at in range(form.count(f"w_{day}"))],
    }


def _again(form: Any, prefix: str) -> dict[str, Any]:
    return {
        "prefix": prefix,
        "first": form.slot(f"{prefix}first"),
        "until": form.slot(f"{prefix}until"),
        "ends": form.text(f"{prefix}end") == "day",
        "interval": form.text(f"{prefix}interval") or "1",
    }
