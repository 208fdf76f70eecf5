"""What the rule on registration means now."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.preferences.effects import register
from portal.preferences.models import Preferences
from portal.providers.models import Provider
from portal.providers.states import State


def registering_means(wished: Preferences, kept: Preferences) -> Iterable[str]:
    """How many wait at present. One statement."""
    number = Provider.objects.filter(state=State.SUBMITTED).count()
    sentence = ngettext("At present %(number)d organisation waits for you.",
                        "At present %(number)d organisations wait for you.", number)  # fmt: skip
    yield sentence % {"number": number}
    if not wished.registration_open:
        yield _("Whoever is invited by an organisation can still join it.")


register("registration", registering_means)
