"""What the page of the dates shows: rows, choices and their state, as plain values for its template."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.datastructures import MultiValueDict
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.offers.choices import ScheduleKind

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
        sent |= {"m_which": [str(answers["which"])], "m_weekday": [str(answers["weekday"])]}
        sent |= _hours("m", answers["hours"])
    return MultiValueDict(sent)


def _repetition(answers: dict[str, Any], prefix: str) -> dict[str, list[str]]:
    return {
        f"{prefix}first": [answers["first"]],
        f"{prefix}end": ["day" if answers["until"] else "open"],
        f"{prefix}until": [answers["until"] or ""],
        f"{prefix}interval": [str(answers["interval"])],
        "free": answers["free"],
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
        "free": [(day, date_format(date.fromisoformat(day), _("l, F j, Y"))) for day in form.free],
        "free_new": form.slot("free_new"),
        "note": form.slot("note"),
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
