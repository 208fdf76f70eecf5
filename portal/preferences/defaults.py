"""The default of every rule, once: for the model, for the pages that show them and lead back to them, and for tests."""

from types import MappingProxyType
from typing import Any

FILTERS = ("topic", "when", "whom", "place", "matters", "language")
"""The groups of the search's filter form in their usual order."""
FLAGS = ("free", "accessible", "online", "volunteering")
"""The yes-or-no filters."""

DEFAULTS: MappingProxyType[str, Any] = MappingProxyType(
    {
        "offer_name": "Angebot",
        "offers_name": "Angebote",
        "provider_name": "Anbieter",
        "providers_name": "Anbieter",
        "district_name": "Ortsteil",
        "districts_name": "Ortsteile",
        "whole_area_name": "Gesamtes Stadtgebiet",
        "place_mode": "district",
        "usual_radius": 10,
        "radius_steps": [2, 5, 10, 20, 50],
        "offers_without_address": True,
        "latitude": None,
        "longitude": None,
        "federal_state": "",
        "approval": "changes",
        "trusted_exempt": True,
        "stale_after_months": 6,
        "ends_soon_weeks": 4,
        "gone_after_days": 180,
        "remind_providers": True,
        "note_after_days": 14,
        "hide_after_days": 42,
        "start_sort": "naechste",
        "page_size": 20,
        "search_filters": list(FILTERS),
        "search_flags": list(FLAGS),
        "contact_by_form": True,
        "mail_receiver": "",
        "mail_reply_to": "",
        "mail_sender_name": "",
        "mail_from": "",
        "mail_log_days": 30,
        "search_engines": True,
        "ai_crawlers": False,
        "data_licence": "",
        "embed_hosts": [],
        "figures_months": 0,
        "second_factor": "editors",
        "support_consent": False,
        "registration_open": True,
    }
)


def radius_steps() -> list[int]:
    """A list of its own for each row."""
    return list(DEFAULTS["radius_steps"])


def search_filters() -> list[str]:
    """A list of its own for each row."""
    return list(DEFAULTS["search_filters"])


def search_flags() -> list[str]:
    """A list of its own for each row."""
    return list(DEFAULTS["search_flags"])
