"""The values of rules: how they are compared, and how they are said in words."""

from collections.abc import Callable
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gazetteer.models import STATES
from portal.preferences.defaults import DEFAULTS
from portal.preferences.models import ApprovalRule, DataLicence, PlaceMode, Preferences, SecondFactorRule, StartSort
from portal.preferences.rulebook import Rule


def value_of(row: Preferences, name: str) -> Any:
    """A rule's value; what a row of the release before says by another column is said here as well."""
    return row.approval_rule.value if name == "approval" else getattr(row, name)


def values_of(row: Preferences, names: tuple[str, ...]) -> dict[str, Any]:
    """Several of them."""
    return {name: value_of(row, name) for name in names}


def is_usual(row: Preferences, rule: Rule) -> bool:
    """Whether a rule is as it is by default."""
    return all(value_of(row, name) == DEFAULTS[name] for name in rule.fields)


def filter_labels() -> dict[str, str]:
    """The groups of the search's filter form."""
    return {
        "topic": _("Topic"),
        "when": _("When"),
        "whom": _("For whom (age, target groups)"),
        "place": _("District or distance"),
        "matters": _("What matters to you"),
        "language": _("Language of the offer"),
    }


def flag_labels() -> dict[str, str]:
    """The yes-or-no filters."""
    return {
        "free": _("free of charge"),
        "accessible": _("barrier-free"),
        "online": _("can be joined online"),
        "volunteering": _("volunteering possible"),
    }


def months(number: int) -> str:
    """A number of months in words."""
    return ngettext("%(number)d month", "%(number)d months", number) % {"number": number}


def after_days(number: int) -> str:
    """So long after a reminder, in words; in weeks where that is simpler."""
    if not number:
        return _("never")
    if number % 7:
        return ngettext("after %(number)d day", "after %(number)d days", number) % {"number": number}
    return ngettext("after %(number)d week", "after %(number)d weeks", number // 7) % {"number": number // 7}


def _yes_no(value: bool) -> str:
    return _("Yes") if value else _("No")


def _state(value: str) -> str:
    return STATES.get(value) or _("as the middle of the map lies")


def _named(labels: dict[str, str], chosen: list[str]) -> str:
    return ", ".join(labels[each] for each in chosen if each in labels) or _("none")


def _degrees(value: float | None) -> str:
    return _("not set") if value is None else number_format(value, 5)


_WORDS: dict[str, Callable[[Any], str]] = {
    "place_mode": lambda value: str(PlaceMode(value).label),
    "usual_radius": lambda value: f"{value} km",
    "radius_steps": lambda value: ", ".join(map(str, value)) + " km",
    "latitude": _degrees,
    "longitude": _degrees,
    "federal_state": _state,
    "approval": lambda value: str(ApprovalRule(value).label),
    "stale_after_months": months,
    "ends_soon_weeks": lambda value: ngettext("%(number)d week", "%(number)d weeks", value) % {"number": value},
    "gone_after_days": lambda value: ngettext("%(number)d day", "%(number)d days", value) % {"number": value},
    "note_after_days": after_days,
    "hide_after_days": after_days,
    "start_sort": lambda value: str(StartSort(value).label),
    "search_filters": lambda value: _named(filter_labels(), value),
    "search_flags": lambda value: _named(flag_labels(), value),
    "mail_receiver": lambda value: value or _("the portal's address"),
    "mail_reply_to": lambda value: value or _("nobody"),
    "mail_sender_name": lambda value: value or _("the name of the portal"),
    "mail_from": lambda value: value or _("the address of the platform"),
    "mail_log_days": lambda value: ngettext("%(number)d day", "%(number)d days", value) % {"number": value},
    "data_licence": lambda value: str(DataLicence(value).label),
    "embed_hosts": lambda value: ", ".join(value) or _("no website"),
    "figures_months": lambda value: months(value) if value else _("without end"),
    "second_factor": lambda value: str(SecondFactorRule(value).label),
}


def in_words(name: str, value: Any) -> str:
    """A value as an editor reads it."""
    if name in _WORDS:
        return _WORDS[name](value)
    return _yes_no(value) if isinstance(value, bool) else str(value)


def rule_in_words(rule: Rule, values: dict[str, Any]) -> str:
    """All values of a rule on one line."""
    if rule.key == "centre" and values["latitude"] is None:
        return _("not set")
    return " · ".join(in_words(name, values[name]) for name in rule.fields)
