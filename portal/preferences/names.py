"""What things are called on a page: the municipality's own German names, in other languages the usual words."""

from django.conf import settings
from django.utils.translation import get_language, pgettext


def usual_names() -> dict[str, str]:
    """The usual words of the page's language by the fields of `Preferences`; none on a German page: it has its own."""
    if get_language() in {None, settings.LANGUAGE_CODE}:
        return {}
    return {
        "offer_name": pgettext("name of a thing", "Offer"),
        "offers_name": pgettext("name of a thing", "Offers"),
        "provider_name": pgettext("name of a thing", "Provider"),
        "providers_name": pgettext("name of a thing", "Providers"),
        "district_name": pgettext("name of a thing", "District"),
        "districts_name": pgettext("name of a thing", "Districts"),
        "whole_area_name": pgettext("name of a thing", "Whole area of the town"),
    }
