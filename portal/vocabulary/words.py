"""Sentences this room says in several places."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def gone() -> str:
    """Somebody deleted or merged it meanwhile."""
    return _("This entry does not exist any more. Somebody else merged or deleted it in the meantime.")


def _spoken(number: int) -> str:
    """Small numbers as one says them after “at”: the first, the second."""
    words = (
        pgettext("at the … of places", "first"),
        pgettext("at the … of places", "second"),
        pgettext("at the … of places", "third"),
        pgettext("at the … of places", "fourth"),
        pgettext("at the … of places", "fifth"),
        pgettext("at the … of places", "sixth"),
    )
    return words[number - 1] if number <= len(words) else f"{number}."


def _counted(number: int) -> str:
    words = (
        pgettext("of … places", "one"),
        pgettext("of … places", "two"),
        pgettext("of … places", "three"),
        pgettext("of … places", "four"),
        pgettext("of … places", "five"),
        pgettext("of … places", "six"),
    )
    return words[number - 1] if number <= len(words) else str(number)


def place_spoken(name: str, number: int, count: int, above: str) -> str:
    """Where something stands now, as it is read out."""
    if count == 1:
        alone = {"name": name, "above": above}
        return _("“%(name)s” stands alone in “%(above)s”.") % alone if above else _("“%(name)s” stands alone.") % alone
    said = {"name": name, "number": _spoken(number), "count": _counted(count), "above": above}
    if above:
        return _("“%(name)s” stands in %(number)s of %(count)s places in “%(above)s”.") % said
    return _("“%(name)s” stands in %(number)s of %(count)s places.") % said
