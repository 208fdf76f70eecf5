"""Sentences for people: why a value is asked, why nothing could be read, what a value says."""

from typing import Any

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.offers.choices import CostKind
from portal.offers.schedule_words import schedule_sentences
from portal.offers.snapshot.checking import schedule_of

LONGEST = 320
DOUBTS = {
    "no_year": gettext_lazy("No year is written there. We took the next one that fits."),
    "past": gettext_lazy("This day is over. Is it the right year?"),
    "long_past": gettext_lazy("What is written there was long ago. Please give the date yourself."),
    "weekday": gettext_lazy("The weekday and the date do not fit together."),
    "blurred": gettext_lazy("This was hard to read. Please compare every digit."),
    "several": gettext_lazy("Several dates are written there. Please see whether we understood them."),
    "no_clock": gettext_lazy("We found no time of day."),
    "clocks": gettext_lazy("Several times or numbers are written there. Please see which one counts."),
    "far": gettext_lazy("This day is far away. Is it the right year?"),
    "bare": gettext_lazy("Is it every week? Only the weekday is written there."),
    "text": gettext_lazy("We took this from the running text of the page."),
    "impossible": gettext_lazy("There is no such day. Please look at it once more."),
    "off": gettext_lazy("It may have been cancelled or moved."),
}
TROUBLES = {
    "password": gettext_lazy("This PDF is protected by a password. Please save it without one and upload it again."),
    "damaged": gettext_lazy("This PDF is damaged or arrived only in part. Please save it anew and upload it again."),
    "no_file": gettext_lazy("We could not open this file. Please upload a photo (JPEG, PNG, HEIC) or a PDF."),
    "too_large": gettext_lazy(
        "This file is too large to be read here. Please make it smaller, or photograph the flyer."
    ),
    "too_small": gettext_lazy("This picture is too small to be read. Please photograph the flyer from nearby."),
    "too_long": gettext_lazy("Reading it takes too long. Please upload only the first page, or a photo of it."),
    "no_recognition": gettext_lazy("Photos cannot be read here at present. A PDF with text works."),
    "no_text_layer": gettext_lazy("This PDF holds only pictures, which cannot be read here at present."),
    "nothing": gettext_lazy("We found nothing on it that could be an offer."),
    "stuck": gettext_lazy("Something went wrong while reading. Please try once more."),
    "refused": gettext_lazy("This address leads to no public page. Please copy it from the browser once more."),
    "unknown_host": gettext_lazy("There is no website of this name. Please check the address."),
    "certificate": gettext_lazy(
        "The website cannot prove who it is (its certificate is not right), so we did not read it."
    ),
    "unreachable": gettext_lazy("The website does not answer at present. Please try again later."),
    "slow": gettext_lazy("The website answers too slowly. Please try again later."),
    "page_too_large": gettext_lazy("This page is too large to be read."),
    "wrong_kind": gettext_lazy("Behind this address there is no page, picture or PDF that we can read."),
    "gone": gettext_lazy("This page does not exist (any more). Please check the address."),
    "forbidden": gettext_lazy("This page may not be read without signing in."),
    "fault": gettext_lazy("The website reports a fault. Please try again later."),
}  # fmt: skip


def trouble_in_words(trouble: str) -> str:
    """Why there is nothing."""
    return str(TROUBLES.get(trouble, TROUBLES["stuck"]))


def doubts_in_words(doubts: list[str]) -> list[str]:
    """Why a value is asked."""
    return [str(DOUBTS[each]) for each in doubts if each in DOUBTS]


def value_in_words(key: str, content: dict[str, Any]) -> str:
    """What a value says, on one line."""
    match key:
        case "dates":
            dated = [schedule_of(rule) for rule in content.get("schedules") or () if rule["first_date"]]
            return "; ".join(schedule_sentences(dated, today=timezone.localdate()))
        case "place":
            return "; ".join(map(_place, content.get("locations") or ()))
        case "cost":
            return _cost(content)
        case "online":
            return str(content.get("online_url") or _("online"))
        case "picture":
            return _("a picture")
    said = content.get("registration_url" if key == "registration" else key) or ""
    text = strip_tags(said) if key == "description" else str(said)
    return text if len(text) < LONGEST else f"{text[:LONGEST]}…"


def _place(place: dict[str, Any]) -> str:
    town = f"{place.get('postcode') or ''} {place.get('city') or ''}".strip()
    return ", ".join(filter(None, (place.get("name"), place.get("street"), town)))


def _cost(content: dict[str, Any]) -> str:
    if content.get("cost_kind") == CostKind.FREE:
        return _("free of charge")
    amount = content.get("cost_amount")
    said = f"{number_format(amount, 2, use_l10n=True)} €" if amount else ""
    return " · ".join(filter(None, (said, content.get("cost_text"))))
