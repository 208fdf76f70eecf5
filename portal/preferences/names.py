"""What things are called on a page: the municipality's own German names, in other languages the usual words."""

import copy

from django.conf import settings
from django.utils.translation import get_language, pgettext

from portal.preferences.models import Preferences


def in_page_language(preferences: Preferences) -> Preferences:
    """The same row on a German page; on others a copy, never to be saved, whose names are the usual words."""
    if get_language() in {None, settings.LANGUAGE_CODE}:
        return preferences
    spoken = copy.copy(preferences)
    spoken.offer_name = pgettext("name of a thing", "Offer")
    spoken.offers_name = pgettext("name of a thing", "Offers")
    spoken.provider_name = pgettext("name of a thing", "Provider")
    spoken.providers_name = pgettext("name of a thing", "Providers")
    spoken.district_name = pgettext("name of a thing", "District")
    spoken.districts_name = pgettext("name of a thing", "Districts")
    spoken.whole_area_name = pgettext("name of a thing", "Whole area of the town")
    return spoken
